'use client';
import { useEffect, useRef } from 'react';
import { progressOf } from '../entries/entry.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { endsLife } from '../progress/ends.js';
import type { LayersContextValue } from '../provider/LayersContext.js';
import { cacheOf } from '../queries/cacheOf.js';

/** Calls `listener` when a followed container ends. Does nothing without a provider, an id or a listener. */
export function useProgressEnd(
  layers: LayersContextValue | null,
  containerId: string | null | undefined,
  listener: ((progress: ContainerProgress) => void) | undefined,
): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  const isWanted = listener !== undefined;
  useEffect(() => {
    if (!layers || !containerId || !isWanted) return undefined;
    const cache = cacheOf(layers.client, layers.queryClient);
    let before = cache.entry(containerId);
    // The cache, and not a component: the one that shows the progress is often unmounted by the render that shows the end.
    return cache.watch(containerId, () => {
      const after = cache.entry(containerId);
      const hasEnded = before !== undefined && after !== undefined && endsLife(before, after);
      before = after;
      if (hasEnded && after) latest.current?.(progressOf(after));
    });
  }, [layers, containerId, isWanted]);
}
