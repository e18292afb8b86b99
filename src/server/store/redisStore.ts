import { LayersError } from '../../model/errors.js';
import { COUNT, END_LEASE, GET, LEASE, PAUSE, PRESENT, SPENT, TAKE } from './scripts.js';
import type { LayersStore } from './store.js';

/** What {@link createRedisStore} uses of a client of the `redis` package, version 5 or 6. */
export interface RedisClient {
  sendCommand(args: string[], options?: { abortSignal?: AbortSignal; typeMapping?: Record<number, never> }): Promise<unknown>;
  duplicate(): RedisSubscriber;
  on(event: 'error', listener: (error: unknown) => void): unknown;
}

/** The connection on which messages arrive: Redis allows nothing else on it. */
export interface RedisSubscriber {
  connect(): Promise<unknown>;
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
  destroy(): void;
  on(event: 'error', listener: (error: unknown) => void): unknown;
}

/** How long an answer of Redis may take, in milliseconds. */
const DEADLINE_MS = 1_000;
const LAST_LOOK_MS = 50;
/** How many background requests can be sent at once after a quiet time, beside the one that is due. */
const AHEAD = 3;
/** How long a process keeps its place in line for a slot that it doesn't ask for, in milliseconds: one that was killed holds up the others as long. */
const PLACE_MS = 250;

/**
 * Keeps in Redis what the processes of one API key share. Give it a connected client of the `redis` package (5 or 6); messages arrive on a second connection,
 * which it opens itself. Every call takes 1 s at most.
 *
 * Redis holds, for one key: the times of the last 61 s of requests (about 100 bytes each), the responses of the last minute (200 kB each at most), what each
 * process follows, the project of each job of the last two hours (about 100 bytes each), the ids of the processes, one lease, claims, and whose turn it is.
 * Everything expires. It holds neither the API key nor anything about people.
 *
 * @param options `prefix` begins the name of every key and channel: one for each API key. Default `layers-react`
 */
export function createRedisStore(client: RedisClient, options: { prefix?: string | undefined } = {}): LayersStore {
  const { prefix = 'layers-react' } = options;
  const key = (name: string) => `${prefix}:${name}`;
  const subscribers = new Set<RedisSubscriber>();
  // Without a listener Node ends the process. The calls that fail tell of it.
  client.on('error', () => {});

  async function command<T>(args: (string | number)[], isReply: (reply: unknown) => reply is T): Promise<T> {
    const reply = await inTime((abortSignal) => client.sendCommand(args.map(String), { abortSignal, typeMapping: {} }));
    if (!isReply(reply)) throw unusable();
    return reply;
  }
  const run = (script: string, keys: string[], args: (string | number)[]) =>
    command(['EVAL', script, keys.length, ...keys.map(key), ...args], isCount);

  return {
    isShared: true,
    take: (budget, limit, windowMs, spent = [], turn) => {
      const keys = ['budget', 'pause', 'pace', 'line'].map((each) => `${each}:${budget}`);
      const { process, spacingMs = 0, waitedMs = 0 } = turn ?? {};
      const place = process === undefined ? [] : [spacingMs, spacingMs * AHEAD, process, Math.round(waitedMs), PLACE_MS].map(String);
      return run(TAKE, keys, [limit, windowMs, JSON.stringify(spent), ...place]);
    },
    count: async (budget, windowMs, ages) => void (await run(COUNT, [`budget:${budget}`], [whole(windowMs), JSON.stringify(ages)])),
    spent: (budget, windowMs) => command(['EVAL', SPENT, 1, key(`budget:${budget}`), windowMs], isCounts),
    pause: async (budget, ms) => void (await run(PAUSE, [`pause:${budget}`], [whole(ms)])),
    get: async (name) => {
      const [value, leftMs] = await command(['EVAL', GET, 1, key(`key:${name}`)], isKept);
      return value === null ? null : { value, leftMs };
    },
    set: async (name, value, ms) => void (await command(['SET', key(`key:${name}`), value, 'PX', whole(ms)], isOk)),
    claim: async (name, ms) => (await command(['SET', key(`key:${name}`), '1', 'NX', 'PX', whole(ms)], isOkOrNull)) !== null,
    remove: async (name) => void (await command(['DEL', key(`key:${name}`)], isCount)),
    lease: async (name, holder, ms) => (await run(LEASE, [`lease:${name}`], [holder, whole(ms)])) === 1,
    endLease: async (name, holder) => void (await run(END_LEASE, [`lease:${name}`], [holder])),
    present: async (process, ms) => {
      const count = await run(PRESENT, ['processes'], [process, whole(ms)]);
      if (count < 1) throw unusable();
      return count;
    },
    publish: async (message) => void (await command(['PUBLISH', key('messages'), message], isCount)),
    subscribe: async (listener) => {
      const subscriber = client.duplicate();
      subscribers.add(subscriber);
      subscriber.on('error', () => {});
      const end = async () => {
        if (subscribers.delete(subscriber)) subscriber.destroy();
      };
      try {
        await inTime(async () => {
          await subscriber.connect();
          await subscriber.subscribe(key('messages'), listener);
        });
      } catch (error) {
        await end();
        throw error;
      }
      return end;
    },
    close: async () => {
      for (const subscriber of subscribers) subscriber.destroy();
      subscribers.clear();
    },
  };
}

/** Waits for Redis until the deadline. What was not sent by then isn't sent later. */
async function inTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const give = () => {
      const error = unreachable('TIMEOUT', `did not answer within ${DEADLINE_MS} ms`);
      reject(error);
      stop.abort(error);
    };
    // In two steps: after the process was busy, a timer fires before a reply that is there already is read.
    timer = setTimeout(() => (timer = setTimeout(give, LAST_LOOK_MS)), DEADLINE_MS - LAST_LOOK_MS);
  });
  try {
    return await Promise.race([late, work(stop.signal)]);
  } catch (error) {
    throw error instanceof LayersError ? error : unreachable('NETWORK', 'could not be reached', error);
  } finally {
    clearTimeout(timer);
  }
}

const unreachable = (code: 'NETWORK' | 'TIMEOUT', what: string, cause?: unknown) =>
  new LayersError({
    code,
    message: `layers-react: Redis ${what}, so the server processes can't share their budget. Check that it is running and that the client given to createRedisStore() is connected.`,
    cause,
  });

const unusable = () =>
  new LayersError({
    code: 'INVALID_RESPONSE',
    message:
      'layers-react: Redis gave a reply of an unexpected kind, so the server processes cannot share their budget. Check that nothing else uses keys with the prefix given to createRedisStore().',
  });

const whole = (ms: number) => Math.max(1, Math.ceil(ms));
const isCount = (reply: unknown): reply is number => typeof reply === 'number' && Number.isFinite(reply) && reply >= 0;
const isCounts = (reply: unknown): reply is number[] => Array.isArray(reply) && reply.every(isCount);
const isKept = (reply: unknown): reply is [string | null, number] =>
  Array.isArray(reply) && (reply[0] === null || typeof reply[0] === 'string') && typeof reply[1] === 'number';
const isOk = (reply: unknown): reply is 'OK' => reply === 'OK';
const isOkOrNull = (reply: unknown): reply is 'OK' | null => reply === null || reply === 'OK';
