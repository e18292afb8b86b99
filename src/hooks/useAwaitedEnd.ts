'use client';
import { useEffect } from 'react';
import type { LayersContextValue } from '../provider/LayersContext.js';

/** Polls a container once a minute while the page is hidden, until it ends. Does nothing without a provider or an id. */
export function useAwaitedEnd(layers: LayersContextValue | null, containerId: string | null | undefined): void {
  const schedule = layers?.client.schedule;
  useEffect(() => (schedule && containerId ? schedule.awaitEnd(containerId) : undefined), [schedule, containerId]);
}
