import { Alarm } from '../internal/alarm.js';
import { attempt } from '../internal/attempt.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { type Budget, WINDOW_MS } from './budget.js';
import { pauseOf } from './cadence.js';

/** What is stored: `n[i]` requests were sent in time step `s + i`. Bounded by the window, whatever the limit is. */
type Entry = { v: typeof VERSION; s: number; n: number[] };

const VERSION = 1;
const STEP_MS = 500;
/** The budget's window, and the step that its oldest requests share. */
const KEPT_STEPS = Math.ceil(WINDOW_MS / STEP_MS) + 1;
const WRITE_EVERY_MS = 250;
/** More requests than any key is allowed in a minute: not a valid entry. */
const MOST = 6_000;

/**
 * Persists when requests of a budget are sent, so that they outlive a reload and other tabs know them: in `localStorage`, at most every 250 ms and on
 * `pagehide`. Returns a function that records a request of this page. Create one per budget and page. Does nothing if storage is missing, blocked or full.
 * @param note called at once for each request of the last 60 s, then when another tab has sent one. `at` is rounded up to half a second, never beyond now
 */
export function createLedger(name: string, note: (at: number) => void): (sentAt: number) => void {
  if (typeof document === 'undefined') return () => {};
  const key = `layers-react budget ${name}`;
  const alarm = new Alarm(write);
  const stored = () => stepsOf(attempt(() => localStorage.getItem(key)));
  let unwritten: number[] = [];
  let wroteAt = Number.NEGATIVE_INFINITY;

  function write() {
    const sent = unwritten.filter(isKept);
    unwritten = [];
    if (sent.length === 0) return;
    wroteAt = monotonicNow();
    // What other tabs wrote meanwhile stays.
    const steps = [...stored(), ...sent];
    const s = Math.min(...steps);
    const n = Array<number>(Math.max(...steps) - s + 1).fill(0);
    for (const step of steps) n[step - s] = (n[step - s] ?? 0) + 1;
    attempt(() => localStorage.setItem(key, JSON.stringify({ v: VERSION, s, n } satisfies Entry)));
  }
  function noteAll(steps: number[]) {
    const now = monotonicNow();
    for (const step of steps) note(Math.min(now, (step + 1) * STEP_MS + clockOffset()));
  }

  noteAll(stored());
  window.addEventListener('pagehide', write);
  window.addEventListener('storage', ({ key: changed, oldValue, newValue }) => {
    if (changed !== key) return;
    const known = stepsOf(oldValue);
    noteAll(
      stepsOf(newValue).filter((step) => {
        const index = known.indexOf(step);
        return index === -1 || known.splice(index, 1).length === 0;
      }),
    );
  });
  return (sentAt) => {
    unwritten.push(Math.floor((sentAt - clockOffset()) / STEP_MS));
    alarm.by(Math.max(monotonicNow(), wroteAt + WRITE_EVERY_MS));
  };
}

/**
 * Persists until when the server has requested a pause, as {@link createLedger} does what was sent: neither a reload nor another tab is a way round it. Returns
 * a function that records a pause of this page.
 * @param paused called with a pause that isn't over, at once and when another tab has one
 */
export function createPauseLedger(name: string, paused: (until: number) => void): (until: number) => void {
  if (typeof document === 'undefined') return () => {};
  const write = keep(`layers-react pause ${name}`, (text) => {
    const left = Number(text) - Date.now();
    // A longer one than there is: the machine's clock was set back since.
    if (left > 0 && left === pauseOf(left)) paused(monotonicNow() + left);
  });
  return (until) => write(String(until - clockOffset()));
}

/** A limit that is older isn't trusted; by then a lowered one has recovered. */
const LIMIT_KEPT_MS = 5 * 60_000;

/**
 * Persists the limit that the server names, and the share of it after a 429, as {@link createLedger} does what was sent: without it the next page, or another
 * tab, would have spent the minute. Returns a function that records the limit of this page.
 * @param named called with a limit of the last five minutes and when it was named, at once and when another tab has one
 */
export function createLimitLedger(name: string, named: Budget['learn']): Budget['onLimit'] {
  if (typeof document === 'undefined') return () => {};
  const write = keep(`layers-react limit ${name}`, (text) => {
    const [version, at = 0, limit = 0, share = 0] = String(text).split(' ').map(Number);
    const age = Date.now() - at;
    if (version === VERSION && age >= 0 && age <= LIMIT_KEPT_MS && share > 0 && share <= 1) named(limit, share, monotonicNow() - age);
  });
  return (limit, share) => write([VERSION, Date.now(), limit, share].join(' '));
}

/** Persists one text. Returns a function that writes it. @param hear called with the stored text, at once and when another tab has written it */
function keep(key: string, hear: (text: string | null | undefined) => void): (text: string) => void {
  hear(attempt(() => localStorage.getItem(key)));
  window.addEventListener('storage', ({ key: changed, newValue }) => changed === key && hear(newValue));
  return (text) => {
    attempt(() => localStorage.setItem(key, text));
  };
}

/** Stored steps are on the machine's clock: other pages read them, whose `monotonicNow` can differ after that was set back. */
const clockOffset = () => monotonicNow() - Date.now();

/** Neither older than the window nor in the future: after the machine's clock was set back, a step can't be placed. */
function isKept(step: number): boolean {
  const last = Math.floor(Date.now() / STEP_MS);
  return step > last - KEPT_STEPS && step <= last;
}

/** The step of each request in a stored text, oldest first. */
function stepsOf(text: string | null | undefined): number[] {
  const steps = attempt(() => {
    const { v, s, n } = JSON.parse(text ?? '') as Entry;
    const total = n.reduce((sum, count) => sum + count, 0);
    return v === VERSION && total <= MOST ? n.flatMap((count, index) => Array<number>(count).fill(s + index)) : [];
  });
  return (steps ?? []).filter(isKept);
}
