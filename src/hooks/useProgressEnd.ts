'use client';
import { useEffect, useRef } from 'react';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import type { LayersContextValue } from '../provider/LayersContext.js';
import { watchProgressEnd } from '../queries/progressEnds.js';

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
    return watchProgressEnd(layers.client, layers.queryClient, containerId, (progress) => latest.current?.(progress));
  }, [layers, containerId, isWanted]);
}
