import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { RedisServer } from '../../test/server/store/redis.js';
import { runApi } from './api.js';
import { buildBefore, buildPackage } from './builds.js';
import { runRole } from './child.js';
import { runHost } from './host.js';
import { ENDED, type Figures, FULL_CLIENTS, IN_FLIGHT, measure, type Run, TAIL_MS, WARM_UP_MS } from './measure.js';
import { serverTable } from './table.js';
import { runViewers } from './viewers.js';

await runRole({ api: runApi, host: runHost, viewers: runViewers });

// `npm run bench:server -- --before <repository>`: all, with results kept. `--viewers 1,10 --rows hand,poll --seconds 60`: those, on the terminal alone.
const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    viewers: { type: 'string' },
    rows: { type: 'string' },
    seconds: { type: 'string', default: '120' },
    before: { type: 'string' },
  },
});
const ROWS = ['hand', 'before', 'poll', 'push', 'redis', 'idle'];
const viewers = (values.viewers ?? '1,10,100,1000').split(',').map(Number);
const seconds = Number(values.seconds);
const rows = values.rows?.split(',') ?? ROWS;
if (!rows.every((row) => ROWS.includes(row)) || !viewers.every((count) => Number.isInteger(count) && count >= 1) || !(seconds >= 20)) {
  console.error(
    `Usage: npm run bench:server -- [--viewers 1,10] [--rows ${ROWS.join(',')}] [--seconds 20 or more] [--before <repository>]`,
  );
  process.exit(1);
}

buildPackage('.');
const notes: string[] = [];
const has = (row: string, isThere: boolean, why: string) => {
  if (rows.includes(row) && !isThere) notes.push(`"${row}" is left out: ${why}.`);
  return rows.includes(row) && isThere;
};
const hasPush = has('push', /\bpush\b/.test(readFileSync('dist/client/clientOptions.js', 'utf8')), 'the client has no option `push`');
const hasRedis = has('redis', readFileSync('dist/server.js', 'utf8').includes('createRedisStore'), 'there is no `createRedisStore`');
const hasBefore = has('before', values.before !== undefined, 'no repository was given (`--before`)');
const before = hasBefore ? buildBefore(values.before as string) : null;

/** Up to so many viewers all rows are measured at once: they wait for most of their minutes. */
const AT_ONCE = 10;

const figures: Figures[] = [];
try {
  for (const count of viewers) {
    const base = { viewers: count, seconds, dist: 'dist', push: false, servers: 1, redisUrl: null };
    const runs: ((show: (run: Run) => Promise<void>) => Promise<void>)[] = [];
    if (rows.includes('hand')) runs.push((show) => show({ ...base, how: 'by hand, plain proxy', dist: null }));
    if (before) runs.push((show) => show({ ...base, how: 'before', dist: before.dist }));
    if (rows.includes('poll')) runs.push((show) => show({ ...base, how: 'polling' }));
    if (hasPush) runs.push((show) => show({ ...base, how: 'push', push: true }));
    if (rows.includes('idle')) runs.push((show) => show({ ...base, how: 'push, idle', push: true, isIdle: true }));
    if (hasRedis)
      runs.push(async (show) => {
        const redis = await RedisServer.start();
        await show({ ...base, how: '2 processes, Redis', push: true, servers: 2, redisUrl: redis.url }).finally(() => redis.end());
      });
    const ofCount: Figures[] = [];
    const run = (each: (typeof runs)[number], place: number) =>
      each(async (row) => {
        ofCount[place] = await measure(row);
        console.log(serverTable([ofCount[place]]));
      });
    if (count <= AT_ONCE) await Promise.all(runs.map(run));
    else for (const [place, each] of runs.entries()) await run(each, place);
    figures.push(...ofCount);
  }
} finally {
  before?.remove();
}

const machine = `${cpus().length} cores, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
for (const { how, viewers: count, errors } of figures)
  if (errors > 0) notes.push(`${count} viewers, ${how}: \`onError\` was called ${errors} times.`);
const text = `# Server

${IN_FLIGHT} containers in flight in one project, each 60 to 270 s long and replaced when it ends. Each viewer follows 10 to 50 of them, ten of those on screen, and the
project's list, over connections of its own. The API is a process of its own that allows 120 reads in any 60 s and answers after 40 to 160 ms. Each row is measured for
${seconds} s after ${WARM_UP_MS / 1_000} s in which all viewers arrive at once; up to ${AT_ONCE} viewers its rows run at the same time. "Most in 60 s" counts from the start.

An idle viewer follows ${ENDED} containers that ended before, and the project's list; nothing is in flight.

Times are median / p95 in seconds. An end is known when both hooks of a viewer have it, counted from the moment at which the API says so; what was never known counts
as longer than anything, and ends in the last ${TAIL_MS / 1_000} s are left out. The age of what is on screen is the time since anything about a container was read, and since the API made the
progress that is shown, every 2 s. "By hand" reads each container's progress every 2 s and the list every 5 s; there a 429 changes nothing on screen. "Before" is the
package before its server part had a reader.

Memory is that of the server processes after a collection, minus the same before the first viewer: with few viewers it is mostly what one server needs. The first
${FULL_CLIENTS} viewers are full clients (TanStack Query, this package, what its hooks mount); all others send the same requests as one of them, up to 2 s later, with
sessions, connections and ETags of their own, so ends and ages are those of the full clients. Where all cores together are near ${cpus().length}, the machine is at its limit, and waits are its own.
\`npm run bench:server\`; ${machine}.

${serverTable(figures)}
${notes.length > 0 ? `\n${notes.map((note) => `- ${note}`).join('\n')}\n` : ''}`;
if (values.viewers === undefined && values.rows === undefined) {
  mkdirSync('bench/results', { recursive: true });
  writeFileSync('bench/results/server.md', text);
  const never = (_: string, value: unknown) => (value === Number.POSITIVE_INFINITY ? 'never' : value);
  writeFileSync('bench/results/server.json', `${JSON.stringify({ machine, seconds, figures }, never, 2)}\n`);
}
console.log(`\n${text}`);
process.exit(0);
