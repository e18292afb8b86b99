// Each runs in Redis as one step: nothing of another process comes between. Times are those of Redis, so that no clock of a process matters.

const NOW = "local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000) ";

/** After how long a process asks again that has to let another go first, in milliseconds. */
const AGAIN_MS = 30;

/**
 * KEYS: window, pause, pace, line. ARGV: limit, window in ms, ages as JSON, and for a background request: spacing in ms, how far it may be ahead of an even
 * spacing in ms, process, how long that has waited in ms, for how long its place is kept once its wait is over in ms. Where a caller knows of more requests
 * than the window has, as after a restart of Redis, its oldest are added: the one that knows most is not always the first to ask. The pace is the generic cell rate algorithm: `due` is when the next request would leave if all were spaced evenly.
 */
export const TAKE = `${NOW}
local window = tonumber(ARGV[2])
-- After the clock was set back: what lies ahead counts as sent just now.
for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')) do redis.call('ZADD', KEYS[1], now, member) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
local ages = cjson.decode(ARGV[3])
for i = 1, #ages - redis.call('ZCARD', KEYS[1]) do redis.call('ZADD', KEYS[1], now - ages[i], t[1] .. ' ' .. t[2] .. ' spent ' .. i) end
redis.call('PEXPIRE', KEYS[1], window)
local wait = math.max(0, redis.call('PTTL', KEYS[2]))
local over = redis.call('ZCARD', KEYS[1]) - tonumber(ARGV[1])
if over >= 0 then
  local oldest = redis.call('ZRANGE', KEYS[1], over, over, 'WITHSCORES')
  if oldest[2] then wait = math.max(wait, 1, oldest[2] + window - now) end
end
local spacing = tonumber(ARGV[4])
if spacing then
  local due = math.max(tonumber(redis.call('GET', KEYS[3]) or 0), now - ARGV[5])
  wait = math.max(wait, due - now)
  local mine = now - ARGV[7]
  local line = redis.call('HGETALL', KEYS[4])
  for i = 1, #line, 2 do
    local other = cjson.decode(line[i + 1])
    if other[2] < now then redis.call('HDEL', KEYS[4], line[i])
    elseif line[i] ~= ARGV[6] and other[1] < mine then wait = math.max(wait, ${AGAIN_MS}) end
  end
  if wait > 0 then
    redis.call('HSET', KEYS[4], ARGV[6], cjson.encode({ mine, now + wait + ARGV[8] }))
    redis.call('PEXPIRE', KEYS[4], window)
  else
    redis.call('HDEL', KEYS[4], ARGV[6])
    redis.call('SET', KEYS[3], due + spacing, 'PX', window)
  end
end
if wait > 0 then return math.ceil(wait) end
redis.call('ZADD', KEYS[1], now, t[1] .. ' ' .. t[2] .. ' ' .. over)
redis.call('PEXPIRE', KEYS[1], window)
return 0`;

/** KEYS: window. ARGV: window in ms, ages as JSON. */
export const COUNT = `${NOW}
for i, age in ipairs(cjson.decode(ARGV[2])) do redis.call('ZADD', KEYS[1], now - age, t[1] .. ' ' .. t[2] .. ' counted ' .. i) end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1`;

/** KEYS: window. ARGV: window in ms. */
export const SPENT = `${NOW}
local ages = {}
for i, at in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')) do
  if i % 2 == 0 and now - at < tonumber(ARGV[1]) then ages[#ages + 1] = math.max(0, now - at) end
end
return ages`;

/** KEYS: pause. ARGV: ms. */
export const PAUSE = `
local ms = tonumber(ARGV[1])
if ms > redis.call('PTTL', KEYS[1]) then redis.call('SET', KEYS[1], '1', 'PX', ms) end
return 1`;

/** KEYS: value. */
export const GET = `return { redis.call('GET', KEYS[1]), redis.call('PTTL', KEYS[1]) }`;

/** KEYS: lease. ARGV: holder, ms. */
export const LEASE = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`;

/** KEYS: lease. ARGV: holder. */
export const END_LEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1`;

/** KEYS: processes. ARGV: process, ms. */
export const PRESENT = `${NOW}
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return redis.call('ZCARD', KEYS[1])`;
