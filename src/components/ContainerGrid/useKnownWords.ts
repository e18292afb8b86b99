'use client';
import { useMemo } from 'react';
import type { ContainerSummary } from '../../model/container.js';
import { useRecordIfKnown } from '../../provider/LayersContext.js';

/** A row with what only its record tells: a list names no hook, and no reason. */
export function useKnownWords(row: ContainerSummary): ContainerSummary {
  const known = useRecordIfKnown(row.id);
  return useMemo(
    () =>
      known
        ? {
            ...row,
            hook: row.hook ?? known.hook,
            brief: row.brief ?? known.brief,
            caption: row.caption ?? known.caption,
            lastError: row.lastError ?? known.lastError,
          }
        : row,
    [row, known],
  );
}
