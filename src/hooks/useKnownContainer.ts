'use client';
import { notifyManager } from '@tanstack/react-query';
import { useCallback, useContext, useMemo, useSyncExternalStore } from 'react';
import { recordOf } from '../entries/entry.js';
import { shareView } from '../entries/makeEntry.js';
import type { Container } from '../model/container.js';
import { LayersContext } from '../provider/LayersContext.js';
import { cacheOf } from '../queries/cacheOf.js';
import type { ContainerCache } from '../queries/containerCache.js';

/** The cached data of a container, without a read. `null` if nothing is cached, or without a provider. */
export function useKnownContainer(containerId: string | null | undefined): Container | null {
  const layers = useContext(LayersContext);
  const cache = layers && cacheOf(layers.client, layers.queryClient);
  const subscribe = useCallback(
    (changed: () => void) =>
      // In the same commit as the hooks that observe the query, and not at once: an entry may begin while another component renders.
      cache && containerId ? cache.watch(containerId, notifyManager.batchCalls(changed)) : () => {},
    [cache, containerId],
  );
  const read = useMemo(() => reader(cache, containerId), [cache, containerId]);
  return useSyncExternalStore(subscribe, read, read);
}

/** Reads the record of an entry: the same object as long as nothing that can be seen has changed. */
function reader(cache: ContainerCache | null, containerId: string | null | undefined): () => Container | null {
  let last: Container | null = null;
  return () => {
    const entry = cache && containerId ? cache.entry(containerId) : undefined;
    last = entry ? shareView(last, recordOf(entry)) : null;
    return last;
  };
}
