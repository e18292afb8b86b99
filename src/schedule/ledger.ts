import { monotonicNow } from '../internal/monotonicNow.js';

/** Receives requests of other tabs. */
export interface LedgerHost {
  /** Called when another tab sent a request. `at`: on the clock of `monotonicNow`. */
  note: (at: number) => void;
}

/** Persists sent requests, so that they outlive a reload and a new tab knows them. */
export interface Ledger {
  /** Records a request of this page. `at`: on the clock of `monotonicNow`. */
  spent: (at: number) => void;
  /** Flushes and stops listening. */
  close: () => void;
}

/** Requests of the last window by time step: `n[i]` were sent in step `s + i`. Bounded by the window, whatever the limit is. */
interface Entry {
  v: typeof VERSION;
  s: number;
  n: number[];
}

const VERSION = 1;
const STEP_MS = 500;
/** The budget's window, and the step that its oldest requests share. */
const KEPT_STEPS = Math.ceil(60_050 / STEP_MS) + 1;
const WRITE_EVERY_MS = 250;
/** More requests than any key is allowed in a minute: not a valid ledger. */
const MOST = 6_000;

type Counts = Map<number, number>;

/**
 * When this browser sent requests for a budget in the last 60 s: oldest first, on the clock of `monotonicNow`. Times are rounded up to half a second, never
 * beyond `now`. Empty without storage or valid content.
 *
 * @param name the budget's name, see `connectionName`
 */
export function readLedger(name: string, now: number): number[] {
  return times(parse(read(keyOf(name)), wallClock(now)), now);
}

/**
 * Writes sent requests to `localStorage`, at most every 250 ms and on `pagehide`, and reports those of other tabs. Create one per budget and page. Does nothing
 * if storage is missing, blocked or full.
 */
export function createLedger(name: string, { note }: LedgerHost): Ledger {
  if (typeof document === 'undefined') return { spent: () => {}, close: () => {} };
  const key = keyOf(name);
  let unwritten: Counts = new Map();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wroteAt = Number.NEGATIVE_INFINITY;

  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    if (unwritten.size === 0) return;
    wroteAt = monotonicNow();
    const now = wallClock(wroteAt);
    // What other tabs wrote meanwhile stays.
    const counts = parse(read(key), now);
    for (const [step, count] of unwritten) if (isKept(step, now)) counts.set(step, (counts.get(step) ?? 0) + count);
    unwritten = new Map();
    if (counts.size > 0) save(key, counts);
  };
  const hear = ({ key: changed, oldValue, newValue }: StorageEvent) => {
    if (changed !== key) return;
    const now = monotonicNow();
    const before = parse(oldValue, wallClock(now));
    const more: Counts = new Map();
    for (const [step, count] of parse(newValue, wallClock(now))) more.set(step, Math.max(0, count - (before.get(step) ?? 0)));
    for (const at of times(more, now)) note(at);
  };
  window.addEventListener('storage', hear);
  window.addEventListener('pagehide', write);

  return {
    spent: (at) => {
      const step = Math.floor(wallClock(at) / STEP_MS);
      unwritten.set(step, (unwritten.get(step) ?? 0) + 1);
      timer ??= setTimeout(write, Math.max(0, wroteAt + WRITE_EVERY_MS - monotonicNow()));
    },
    close: () => {
      write();
      window.removeEventListener('storage', hear);
      window.removeEventListener('pagehide', write);
    },
  };
}

const keyOf = (name: string) => `layers-react budget ${name}`;

/** Stored times are read by other pages, whose `monotonicNow` can differ after the machine's clock was set back. */
function wallClock(at: number): number {
  return at - (monotonicNow() - Date.now());
}

/** Neither older than the window nor in the future: after the machine's clock was set back, a step can't be placed. */
function isKept(step: number, now: number): boolean {
  const last = Math.floor(now / STEP_MS);
  return step > last - KEPT_STEPS && step <= last;
}

function parse(text: string | null, now: number): Counts {
  const counts: Counts = new Map();
  try {
    const { v, s, n } = JSON.parse(text ?? '{}') as Partial<Record<keyof Entry, unknown>>;
    if (v !== VERSION || !isWhole(s) || !Array.isArray(n)) return counts;
    n.forEach((count: unknown, index) => {
      if (isWhole(count) && count > 0 && isKept(s + index, now)) counts.set(s + index, count);
    });
  } catch {
    // No JSON of ours: as if nothing had been written.
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return total > MOST ? new Map() : counts;
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

/** The request times of step counts, oldest first. */
function times(counts: Counts, now: number): number[] {
  const offset = monotonicNow() - Date.now();
  return [...counts]
    .sort(([one], [other]) => one - other)
    .flatMap(([step, count]) => Array<number>(count).fill(Math.min(now, (step + 1) * STEP_MS + offset)));
}

function read(key: string): string | null {
  if (typeof document === 'undefined') return null;
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function save(key: string, counts: Counts): void {
  const steps = [...counts.keys()];
  const first = Math.min(...steps);
  const length = Math.max(...steps) - first + 1;
  const entry: Entry = { v: VERSION, s: first, n: Array.from({ length }, (_, index) => counts.get(first + index) ?? 0) };
  try {
    localStorage.setItem(key, JSON.stringify(entry));
  } catch {
    // Blocked or full: a reload then starts gently.
  }
}
