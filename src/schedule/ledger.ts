import { monotonicNow } from '../internal/monotonicNow.js';

/** What is done with requests that left in other tabs. */
export interface LedgerHost {
  /** Another tab sent a request at this time, on the clock of `monotonicNow`. */
  note: (at: number) => void;
}

/** Where departures are written down, so that they outlive a reload and are known to a newly opened tab. */
export interface Ledger {
  /** A request of this page left, on the clock of `monotonicNow`. */
  spent: (at: number) => void;
  /** Writes what is not written yet and stops listening. */
  close: () => void;
}

/** Departures of the last window, counted in steps: `n[i]` left in the step `s + i`. Its size is bounded by the window, whatever the limit is. */
interface Entry {
  v: typeof VERSION;
  s: number;
  n: number[];
}

const VERSION = 1;
const STEP_MS = 500;
/** The budget's window, and the step that its oldest departures share. */
const KEPT_STEPS = Math.ceil(60_050 / STEP_MS) + 1;
const WRITE_EVERY_MS = 250;
/** More departures than any key is allowed in a minute: no ledger of ours. */
const MOST = 6_000;

type Counts = Map<number, number>;

/**
 * When requests left in the last 60 s, in this browser and for this budget: oldest first, on the clock of `monotonicNow`. Times are rounded up to half a
 * second, never beyond `now`. Empty where there is no storage, or nothing that can be read.
 *
 * @param name the budget's name: whose requests these are
 */
export function readLedger(name: string, now: number): number[] {
  return times(parse(read(keyOf(name)), wallClock(now)), now);
}

/**
 * Writes departures to `localStorage`, at most every 250 ms and when the page goes away, and reports those of other tabs. To be created once per budget
 * and page: tabs are told apart, two ledgers of one page are not. Where storage is missing, blocked or full it does nothing.
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

/** `monotonicNow` differs from page to page once the machine's clock was set back; what is stored is read by other pages. */
function wallClock(at: number): number {
  return at - (monotonicNow() - Date.now());
}

/** Neither older than the window nor from the future: after the machine's clock was set back nothing is known of when that was. */
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

/** The times that counts stand for, oldest first. */
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
