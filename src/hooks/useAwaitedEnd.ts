'use client';
import { useEffect } from 'react';
import type { LayersContextValue } from '../provider/LayersContext.js';

/** Has a container read once a minute while the page is hidden, until it has ended; nothing without a provider or an id. */
export function useAwaitedEnd(layers: LayersContextValue | null, containerId: string | null | undefined): void {
  const schedule = layers?.client.schedule;
  useEffect(() => (schedule && containerId ? schedule.awaitEnd(containerId) : undefined), [schedule, containerId]);
}
