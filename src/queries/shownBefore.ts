import { attempt } from '../internal/attempt.js';
import { isRecord, parseJson } from '../model/plainJson.js';

/** By the key of a container: its `createdAt`, and the percent that its bar showed. */
export type Shown = Record<string, readonly [createdAt: string, percent: number]>;

/** More are not kept: no page shows as many at work. */
const MOST_KEPT = 200;
/** What was shown longer ago says nothing of where a bar is now, in milliseconds. */
const KEPT_MS = 10 * 60_000;

const keyOf = (scope: string) => `layers-react shown ${scope}`;

/** What the bars of this tab showed before it was loaded again; `{}` where storage is missing or blocked, or holds something else. */
export function shownBefore(scope: string): Shown {
  if (typeof document === 'undefined') return {};
  const kept = parseJson(attempt(() => sessionStorage.getItem(keyOf(scope))) ?? '');
  if (!isRecord(kept) || !isRecord(kept['shown']) || !(Date.now() - Number(kept['at']) < KEPT_MS)) return {};
  return Object.fromEntries(Object.entries(kept['shown']).filter((each): each is [string, Shown[string]] => isShown(each[1])));
}

/** Keeps what bars show when the page is left, so that none goes back when it is loaded again. `look`: what they show; `undefined`: nobody uses them any more. */
export function keepShown(scope: string, look: () => Shown | undefined): void {
  if (typeof document === 'undefined') return;
  const keep = () => {
    const shown = look();
    if (shown === undefined) return window.removeEventListener('pagehide', keep);
    const newest = Object.entries({ ...shownBefore(scope), ...shown }).slice(-MOST_KEPT);
    if (newest.length > 0)
      attempt(() => sessionStorage.setItem(keyOf(scope), JSON.stringify({ at: Date.now(), shown: Object.fromEntries(newest) })));
  };
  window.addEventListener('pagehide', keep);
}

const isShown = (value: unknown): value is Shown[string] =>
  Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'number' && Number.isFinite(value[1]);
