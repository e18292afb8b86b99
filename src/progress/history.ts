import { normalizeFormat } from '../model/status.js';
import type { ContainerProgress } from './ContainerProgress.js';
import { isNumber } from './numbers.js';

/** Stage durations of containers that were seen to finish, by format. Plain JSON: keep it in any store, and read it back with `parseProgressHistory`. */
export interface ProgressHistory {
  /** The layout of this object. */
  version: 1;
  /** By format, with hyphens (`''` where the format is not known); the newest life last, {@link LIVES_KEPT} at most. */
  formats: Record<string, FinishedLife[]>;
}

/** The stages of one finished life. */
export interface FinishedLife {
  /** Stage words, in order. */
  stages: string[];
  /** Seconds that each of `stages` was seen for. */
  seconds: number[];
}

/** How many finished lives of one format are kept. */
export const LIVES_KEPT = 12;
/** How many formats are kept: the set is open, and a history must not grow without end. */
const FORMATS_KEPT = 64;
const MOST_STAGES = 64;
const MOST_SECONDS = 86_400;

/**
 * A history that also knows `finished`. Only a completed life that was seen from its start teaches anything; for any other, `history` itself comes
 * back. Teach each life once, when it completes.
 *
 * @param history what is known so far; `null` at first
 * @param format the container's format, hyphens or underscores; `null`: not known
 */
export function learnFromProgress(history: ProgressHistory | null, finished: ContainerProgress, format: string | null): ProgressHistory {
  const before = history ?? { version: 1, formats: {} };
  const { stages, memory } = finished;
  const seconds = memory.track.seconds;
  const life = readLife({ stages, seconds: seconds.map((value) => Math.round(value * 10) / 10) });
  if (finished.status !== 'completed' || !memory.seenFromStart || life === null) return before;
  const key = normalizeFormat(format ?? '');
  const kept = Object.entries(before.formats).filter(([known]) => known !== key);
  const lives = [...livesOf(before, key), life].slice(-LIVES_KEPT);
  return { version: 1, formats: Object.fromEntries([...kept.slice(-(FORMATS_KEPT - 1)), [key, lives]]) };
}

/** A history without a life of no known format. @internal */
export function forgetLife(history: ProgressHistory, life: FinishedLife): ProgressHistory {
  const { '': unfiled = [], ...formats } = history.formats;
  const left = unfiled.filter((each) => each !== life);
  return { version: 1, formats: left.length === 0 ? formats : { ...formats, '': left } };
}

/** Reads a stored history: whatever in it is not of use is left out, and something that is no history at all reads as an empty one. Never throws. */
export function parseProgressHistory(json: unknown): ProgressHistory {
  const formats = isObject(json) && json.version === 1 && isObject(json.formats) ? Object.entries(json.formats) : [];
  return {
    version: 1,
    formats: Object.fromEntries(
      formats.slice(-FORMATS_KEPT).flatMap(([format, lives]): [string, FinishedLife[]][] => {
        const read = readLives(lives);
        return read.length === 0 ? [] : [[normalizeFormat(format), read]];
      }),
    ),
  };
}

/**
 * The finished lives to compare with: of `format`, or of every format where it is not given. A format that was never seen has those whose format is not known.
 * @internal
 */
export function comparableLives(history: ProgressHistory | null | undefined, format: string | null | undefined): FinishedLife[] {
  if (history === null || history === undefined) return [];
  if (typeof format !== 'string') return Object.values(parseProgressHistory(history).formats).flat();
  if (!isObject(history.formats)) return [];
  const own = readLives(livesOf(history, normalizeFormat(format)));
  return own.length > 0 ? own : readLives(livesOf(history, ''));
}

function livesOf(history: ProgressHistory, key: string): FinishedLife[] {
  return Object.hasOwn(history.formats, key) ? (history.formats[key] ?? []) : [];
}

function readLives(lives: unknown): FinishedLife[] {
  return Array.isArray(lives) ? lives.flatMap((life: unknown) => readLife(life) ?? []).slice(-LIVES_KEPT) : [];
}

function readLife(life: unknown): FinishedLife | null {
  if (!isObject(life) || !Array.isArray(life.stages) || !Array.isArray(life.seconds)) return null;
  const stages = life.stages.filter((stage): stage is string => typeof stage === 'string');
  const seconds = life.seconds.filter((value): value is number => isNumber(value) && value >= 0 && value <= MOST_SECONDS);
  const whole = stages.length === life.stages.length && seconds.length === life.seconds.length && stages.length === seconds.length;
  const usable = whole && stages.length > 0 && stages.length <= MOST_STAGES && seconds.some((value) => value > 0);
  return usable ? { stages, seconds } : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
