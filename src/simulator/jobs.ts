import { endingOf, hundredths, lifeAt, type GenerationError, type Run } from './generation.js';
import { wholeSecond } from './time.js';

/** One asynchronous piece of work [concepts/jobs]: the runs of the containers it makes. */
export interface JobRecord {
  jobId: string;
  projectId: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  parts: readonly { containerId: string; run: Run; credits: number }[];
}

/** What can be read of a job at one moment. `running` is the only status that is not final. */
export interface JobState {
  status: 'running' | 'completed' | 'failed' | 'canceled';
  /** The stage of the part that is furthest behind. */
  stage: string;
  /** 0 to 1, the mean of the parts; never falls. */
  progress: number;
  /** Milliseconds since 1970; `null` while running. */
  finishedAt: number | null;
  error: GenerationError | null;
}

/** A job completes when any part completed; it failed when none did and one failed. */
export function jobAt(job: JobRecord, now: number): JobState {
  const lives = job.parts.map(({ run }) => lifeAt(run, now));
  const behind = lives.reduce((least, life) => (life.share < least.share ? life : least));
  const running = lives.some(({ ending }) => !ending);
  if (running) {
    const progress = hundredths(lives.reduce((sum, life) => sum + life.share, 0) / lives.length);
    return { status: 'running', stage: behind.stage, progress, finishedAt: null, error: null };
  }
  const endings = lives.flatMap(({ ending }) => ending ?? []);
  const failed = endings.find(({ outcome }) => outcome === 'failed');
  const completed = endings.some(({ outcome }) => outcome === 'completed');
  const status = completed ? 'completed' : failed ? 'failed' : 'canceled';
  const finishedAt = Math.max(...endings.map(({ at }) => at));
  return { status, stage: behind.stage, progress: 1, finishedAt, error: status === 'failed' ? (failed?.lastError ?? null) : null };
}

/** How long after an accepted cancel the generation stops, in milliseconds: canceling is cooperative [reference/jobs/cancel-job]. */
const cancelDelayMs = 2000;

/** Cancels what is still running; an earlier cancel stands. */
export function cancelJob(job: JobRecord, now: number): void {
  for (const { run } of job.parts) {
    const ending = endingOf(run);
    const at = wholeSecond(now) + cancelDelayMs;
    if (!ending || ending.at > at) run.cut = { at, outcome: 'canceled', lastError: null };
  }
}
