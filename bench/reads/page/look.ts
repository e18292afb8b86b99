import { useLayoutEffect } from 'react';
import { type Hook, RowWatch } from '../rowWatch.js';
import type { PageMarks } from './plan.js';

const watches = new Map<string, RowWatch>();
const renders = new Map<string, number>();

const said = new Map<string, Record<Hook, string | undefined>>();
const looking = new Set<string>();

/**
 * Notes a render of a component, and what its hook says when that is committed. The hooks of one row may stand in different components: they are compared
 * once all that is committed together has been.
 *
 * @param ended called once both hooks of the row say so
 */
export function useNote(id: string, hook: Hook, status: string | undefined, ended?: () => void): void {
  renders.set(id, (renders.get(id) ?? 0) + 1);
  useLayoutEffect(() => {
    const now = Date.now();
    const statuses = said.get(id) ?? { container: undefined, progress: undefined };
    said.set(id, statuses);
    if (!watches.has(id)) watches.set(id, new RowWatch(now));
    statuses[hook] = status;
    if (looking.has(id)) return;
    looking.add(id);
    queueMicrotask(() => {
      looking.delete(id);
      const watch = watches.get(id);
      const knew = watch?.hasEnded;
      watch?.look(statuses, now);
      if (!knew && watch?.hasEnded) ended?.();
    });
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
