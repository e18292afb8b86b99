'use client';
import { useEffect, useRef } from 'react';
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

/**
 * Keeps what stands at the upper edge of the screen there: when a grid is mounted again, and when the number of columns changes.
 */
export function useScrollMemory({ scrollKey, containers, layout, rows, activeId }: ScrollMemoryInput): void {
  const columns = layout?.columns ?? 0;
  const before = useRef({ columns: 0, place: rows.place() });

  useIsomorphicLayoutEffect(() => {
    if (columns === 0) return;
    const { columns: columnsBefore, place } = before.current;
    const found = columnsBefore === 0 ? (scrollKey === null ? undefined : recallPlace(scrollKey)) : undefined;
    if (found) {
      const index = containers.findIndex(({ id }) => id === found.containerId);
      if (index >= 0) rows.scrollTo(Math.floor(index / columns), found.offset);
    } else if (columnsBefore !== 0 && columnsBefore !== columns && place) {
      rows.scrollTo(Math.floor((place.row * columnsBefore) / columns), 0);
    }
  }, [columns]);

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
