'use client';
import { useEffect, useRef } from 'react';
import { viewOf } from '../../internal/dom.js';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import type { ContainerSummary } from '../../model/container.js';
import { forgetPlace, recallPlace, rememberPlace } from './scrollMemory.js';
import type { GridLayout } from './useGridLayout.js';
import type { VirtualRows } from './useVirtualRows.js';

interface ScrollMemoryInput {
  scrollKey: string | null;
  containers: readonly ContainerSummary[];
  layout: GridLayout | null;
  rows: VirtualRows;
  activeId: string | null;
}

/** So many milliseconds after a grid is back, its rows have been measured. */
const SETTLED_MS = 1_000;
/** What somebody does who goes elsewhere. */
const LEAVING = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/**
 * Keeps what stands at the upper edge of the screen there: when a grid is mounted again, and when the number of columns changes.
 */
export function useScrollMemory({ scrollKey, containers, layout, rows, activeId }: ScrollMemoryInput): void {
  const columns = layout?.columns ?? 0;
  const before = useRef({ columns: 0, place: rows.place() });
  // Where to be again, until the rows above it are measured or somebody goes elsewhere.
  const wanted = useRef<{ row: number; offset: number; start: number; until: number } | null>(null);

  useIsomorphicLayoutEffect(() => {
    if (columns === 0) return;
    const { columns: columnsBefore, place } = before.current;
    const found = columnsBefore === 0 ? (scrollKey === null ? undefined : recallPlace(scrollKey)) : undefined;
    if (found) {
      const index = containers.findIndex(({ id }) => id === found.containerId);
      const row = Math.floor(index / columns);
      if (index >= 0) wanted.current = { row, offset: found.offset, start: Number.NaN, until: performance.now() + SETTLED_MS };
    } else if (columnsBefore !== 0 && columnsBefore !== columns && place) {
      rows.scrollTo(Math.floor((place.row * columnsBefore) / columns), 0);
    }
  }, [columns]);

  useIsomorphicLayoutEffect(() => {
    const place = wanted.current;
    if (!place || !layout) return;
    const start = layout.margin + rows.startOf(place.row);
    if (performance.now() > place.until) wanted.current = null;
    else if (start !== place.start) {
      place.start = start;
      rows.scrollTo(place.row, place.offset);
    }
  });
  const scroller = layout?.scroller;
  useEffect(() => {
    const view = scroller && viewOf(scroller);
    if (!view) return undefined;
    const leave = () => {
      wanted.current = null;
    };
    for (const type of LEAVING) view.addEventListener(type, leave, { capture: true, passive: true });
    return () => {
      for (const type of LEAVING) view.removeEventListener(type, leave, { capture: true });
    };
  }, [scroller]);

  useEffect(() => {
    if (columns > 0) before.current = { columns, place: rows.place() };
  });

  const latest = useRef({ containers, columns, activeId, place: rows.place });
  useIsomorphicLayoutEffect(() => {
    latest.current = { containers, columns, activeId, place: rows.place };
  });
  useIsomorphicLayoutEffect(() => {
    if (scrollKey === null) return undefined;
    return () => {
      const { containers: shown, columns: count, activeId: active, place } = latest.current;
      // Not laid out: whoever mounts it anew looks for the same place.
      if (count === 0) return;
      const at = place();
      const first = at && shown[at.row * count];
      if (at && first) rememberPlace(scrollKey, { containerId: first.id, offset: at.offset, activeId: active });
      else forgetPlace(scrollKey);
    };
  }, [scrollKey]);
}
