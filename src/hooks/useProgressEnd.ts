'use client';
import { useEffect, useRef } from 'react';
import { isEntry, progressOf } from '../entries/entry.js';
import { jobKey } from '../model/ids.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { endsLife } from '../progress/ends.js';
import type { LayersContextValue } from '../provider/LayersContext.js';
import { cacheOf } from '../queries/cacheOf.js';

/** Calls `listener` when a followed container, or a job, ends. Does nothing without a provider, an id or a listener. */
export function useProgressEnd(
  layers: LayersContextValue | null,
  containerId: string | null | undefined,
  listener: ((progress: ContainerProgress) => void) | undefined,
  isJob = false,
): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  const isWanted = listener !== undefined;
  useEffect(() => {
    if (!layers || !containerId || !isWanted) return undefined;
    const cache = cacheOf(layers.client, layers.queryClient);
    const look = () => (isJob ? cache.jobProgress(containerId) : cache.entry(containerId));
    let before = look();
    // The cache, and not a component: the one that shows the progress is often unmounted by the render that shows the end.
    return cache.watch(isJob ? jobKey(containerId) : containerId, () => {
      const after = look();
      const hasEnded = before !== undefined && after !== undefined && endsLife(before, after);
      before = after;
      if (hasEnded && after) latest.current?.(isEntry(after) ? progressOf(after) : after);
    });
  }, [layers, containerId, isWanted, isJob]);
}
