'use client';
import { useContext } from 'react';
import { LayersContext } from '../../provider/LayersContext.js';
import type { Refresh } from '../PreviewPlayer/useRenewal.js';

/**
 * Reads the container of a card that was given its data, for its addresses: a row of a list keeps those that it came with. Within the read budget, and
 * once for all cards of one container. Nothing without a `LayersProvider`.
 */
export function useCardRefresh(containerId: string | undefined): Refresh | undefined {
  const layers = useContext(LayersContext);
  if (!layers || containerId === undefined) return undefined;
  const { client, queryClient, reads } = layers;
  return async () => (await reads.readNow(client, queryClient, containerId)).preview;
}
