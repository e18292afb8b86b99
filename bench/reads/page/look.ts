import { useLayoutEffect } from 'react';
import { type Hook, RowWatch } from '../rowWatch.js';
import type { PageMarks } from './plan.js';

const watches = new Map<string, RowWatch>();
const renders = new Map<string, number>();

/** Notes a render of a row, and what both of its hooks say whenever one is committed. */
export function useLook(id: string, statuses: Record<Hook, string | undefined>, ended?: () => void): void {
  renders.set(id, (renders.get(id) ?? 0) + 1);
  useLayoutEffect(() => {
    const now = Date.now();
    const watch = watches.get(id) ?? new RowWatch(now);
    watches.set(id, watch);
    const knew = watch.hasEnded;
    watch.look(statuses, now);
    if (!knew && watch.hasEnded) ended?.();
  });
}

/** Everything noted so far; a disagreement that lasts is counted up to now. */
export function readMarks(): PageMarks {
  const now = Date.now();
  const rows = [...document.querySelectorAll('[data-row]')].map((row) => row.getBoundingClientRect());
  return {
    marks: Object.fromEntries([...watches].map(([id, watch]) => [id, watch.marks(now)])),
    renders: Object.fromEntries(renders),
    visibility: document.visibilityState,
    inView: rows.filter(({ top, bottom }) => bottom > 0 && top < innerHeight).length,
  };
}
