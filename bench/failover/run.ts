import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { Waits } from '../reads/figures.js';
import { tableOf } from '../reads/table.js';
import { runApi } from '../server/api.js';
import { buildPackage } from '../server/builds.js';
import { runRole, sendNews } from '../server/child.js';
import { runHost } from '../server/host.js';
import { TAIL_MS, WARM_UP_MS } from '../server/measure.js';
import { runViewers } from '../server/viewers.js';
import { type Failover, FAULT_MS, IN_FLIGHT, KILL_EVERY_MS, measureFailover, QUIET_MS, REDIS_AWAY, WEBHOOKS_MS } from './measure.js';

/** Runs a role that tells of rejections that nobody handled, and goes on. */
const telling =
  <Settings>(run: (settings: Settings) => Promise<void>) =>
  (settings: Settings) => {
    process.on('unhandledRejection', (reason) => sendNews({ unhandled: String(reason) }));
    return run(settings);
  };

await runRole({ api: runApi, host: telling(runHost), viewers: telling(runViewers) });

// `npm run bench:failover`: all, with results kept. `--viewers 20 --kills 4`: those, on the terminal alone.
const { values } = parseArgs({ args: process.argv.slice(3), options: { viewers: { type: 'string' }, kills: { type: 'string' } } });
const [viewers, kills] = [Number(values.viewers ?? 200), Number(values.kills ?? 10)];
if (!(viewers >= 1 && kills >= 1)) {
  console.error('Usage: npm run bench:failover -- [--viewers 20] [--kills 4]');
  process.exit(1);
}

buildPackage('.');
const figures = await measureFailover({ viewers, kills }, (line) => console.error(line));

const seconds = (ms: number | null) => (ms === null ? '-' : ms === Number.POSITIVE_INFINITY ? 'never' : `${(ms / 1_000).toFixed(2)} s`);
const both = ({ median, p95, count }: Waits) => `${seconds(median)} / ${seconds(p95)} (${count})`;
const rows = (all: Failover): [what: string, measured: string | number, target: string][] => [
  ['server processes killed (`kill -9`), the one that reads each time', all.kills, ''],
  ['until another process reads, median', seconds(all.replaced.median), ''],
  ['until another process reads, worst', seconds(all.worstReplaced), '5 s'],
  ['ends that a viewer never knew', `${all.missed} of ${all.ends}`, '0'],
  ['end known during faults, median / p95', both(all.end.faults), ''],
  ['end known otherwise, median / p95', both(all.end.otherwise), '2.5 s / 5 s'],
  ['end known where a webhook tells of it, median / p95', both(all.end.told), 'p95 0.3 s'],
  ['upstream reads, most in any 60 s', all.most, '96'],
  ['429s', all.refused, '0'],
  ['unhandled rejections, processes that ended by themselves', `${all.unhandled.length}, ${all.failures}`, '0, 0'],
  ['webhook storm: accepted', `${all.storm.accepted} of ${all.storm.sent}`, 'all'],
  ['webhook storm: last response after', seconds(all.storm.lastMs), ''],
  ['webhook storm: known to a viewer, median / p95', both(all.storm.known), ''],
  ['memory of the server processes, RSS', all.rss.map((rss) => `${Math.round(rss / 1e6)} MB`).join(', '), ''],
];

const machine = `${cpus().length} cores, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
const text = `# Failover

Two server processes share one Redis; ${viewers} viewers are connected by push through a balancer that passes connections on to the processes in turn, and follow 10 to 50
of ${IN_FLIGHT} containers in flight each, up to 100 requests at once (HTTP/2), else as in \`bench:server\`. The API allows 120 reads in any 60 s. After ${WARM_UP_MS / 1_000} s, every ${KILL_EVERY_MS / 1_000} s the process that reads for
all is killed with \`kill -9\` and started again at once, under another port. ${REDIS_AWAY.afterMs / 1_000} s after the 2nd kill Redis is restarted without its data, and after the 4th it is away for
4 s. Then ${QUIET_MS / 1_000} s without faults; then ${WEBHOOKS_MS / 1_000} s in which a signed webhook tells of each end; then 1,000 signed webhooks in one second, which approve what is in flight.

An end is known when both hooks of a viewer have it, counted from the moment at which the API says so; the number of ends is in parentheses (each counts for each full client
that follows it), and those of the last ${TAIL_MS / 1_000} s are left out. "During faults" are ends from 2 s before to ${FAULT_MS / 1_000} s after a fault. A process reads again with its first list read of what is in flight
after it was given the lease.
\`npm run bench:failover\`; ${machine}; ${figures.minutes.toFixed(1)} minutes.

${tableOf(['', 'measured', 'target'], rows(figures))}
`;
if (values.viewers === undefined && values.kills === undefined) {
  mkdirSync('bench/results', { recursive: true });
  writeFileSync('bench/results/failover.md', text);
}
console.log(`\n${text}`);
for (const each of new Set(figures.unhandled)) console.log(`Unhandled: ${each}`);
process.exit(0);
