import type { ProgressSnapshot } from '../../src/model/progress.js';
import { between, type Random, randomFrom } from './random.js';
import type { Life } from './traces.js';

/** How the server's ETA is wrong: noise is the half-width of an even spread around the truth, bias a constant factor. `null`: it gives none. */
export type EtaFault = { noise: number; bias: number } | null;

/** One answer to a poll, as the reader gets it. Seconds from the creation of the first life's job. */
export interface Poll {
  at: number;
  snapshot: ProgressSnapshot;
}

/** What a reader sees of a container: its answers in the order of their arrival, and when each of its lives began and ended. */
export interface Watched {
  polls: Poll[];
  lives: { from: number; to: number }[];
  /** ISO 8601, the server's clock. */
  createdAt: string;
}

/**
 * A reader at the documented cadence (2 s, 5 s once a stage has lasted 30 s, a tenth of jitter), with latency, lost answers and late ones. The ETA
 * knows nothing of pauses to come. `opened`: the share of the first life at which the page is opened.
 */
export function watch(lives: Life[], fault: EtaFault, seed: number, opened = 0): Watched {
  const random = randomFrom(seed);
  const clockError = Math.round(between(random, -120, 120));
  const createdMs = Date.UTC(2026, 3, 18, 9, 30, 0) + clockError * 1000;
  const stamp = (seconds: number) => new Date(createdMs + Math.floor(seconds) * 1000).toISOString();
  const polls: Poll[] = [];
  const spans: { from: number; to: number }[] = [];
  let from = 0;
  for (const life of lives) {
    spans.push({ from, to: from + life.total });
    let at = from + life.total * opened + between(random, 0, 0.5);
    let stage: string | null = null;
    let latest: ProgressSnapshot | null = null;
    let stageSeenAt = at;
    for (;;) {
      const latency = between(random, 0.05, 0.4);
      const lost = random() < 0.02;
      const late = random() < 0.01;
      const silent = isSilent(life, at - from);
      const answer = snapshotAt(life, at - from, (seconds) => stamp(from + seconds), fault, random);
      const snapshot: ProgressSnapshot = silent && latest !== null ? latest : answer;
      latest = snapshot;
      if (!lost) polls.push({ at: at + latency + (late ? 3 : 0), snapshot });
      if (!lost && snapshot.status === 'completed') break;
      if (snapshot.stage !== stage) [stage, stageSeenAt] = [snapshot.stage, at];
      at += (at - stageSeenAt > 30 ? 5 : 2) * between(random, 0.9, 1.1);
    }
    from = at + between(random, 5, 60);
  }
  return { polls: polls.sort((a, b) => a.at - b.at), lives: spans, createdAt: stamp(0) };
}

/** Whether the server writes nothing new at all. */
function isSilent(life: Life, at: number): boolean {
  return !life.heartbeat && life.stretches.some(({ paused, from, to }) => paused && at >= from && at < to);
}

function snapshotAt(life: Life, at: number, stamp: (seconds: number) => string, fault: EtaFault, random: Random): ProgressSnapshot {
  const base = { containerId: 'cnt_bench', rawStatus: '' };
  const draw = random();
  const missing = random() < 0.03;
  if (at >= life.total) {
    const stage = life.stretches.at(-1)?.stage ?? null;
    return { ...base, status: 'completed', stage, stageProgress: 1, etaSeconds: null, updatedAt: stamp(life.total) };
  }
  const stretch = life.stretches.find(({ to }) => at < to);
  const waiting = at < life.queued || stretch === undefined;
  // A pause is news to the server too: while it lasts, the work left stands still.
  const pausedLater = life.stretches.reduce((sum, { paused, from, to }) => sum + (paused ? Math.max(0, to - Math.max(at, from)) : 0), 0);
  const left = life.total - at - pausedLater;
  const etaSeconds = fault === null || missing ? null : Math.max(0, Math.round(left * fault.bias * (1 + fault.noise * (2 * draw - 1))));
  if (waiting) return { ...base, status: 'queued', stage: null, stageProgress: 0, etaSeconds, updatedAt: stamp(at) };
  const share = stretch.shareFrom + (stretch.shareTo - stretch.shareFrom) * ((at - stretch.from) / (stretch.to - stretch.from));
  const { exponent, step } = life.reports[stretch.stage] ?? { exponent: 1, step: 0.01 };
  const stageProgress = Math.floor(share ** exponent / step + 1e-9) * step;
  return { ...base, status: 'processing', stage: stretch.stage, stageProgress, etaSeconds, updatedAt: stamp(at) };
}
