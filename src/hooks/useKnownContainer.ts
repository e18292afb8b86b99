'use client';
import { hashKey } from '@tanstack/react-query';
import { useCallback, useContext, useMemo, useSyncExternalStore } from 'react';
import type { Container } from '../model/container.js';
import { LayersContext } from '../provider/LayersContext.js';
import { layersKeys } from '../queries/keys.js';

/** What the nearest provider's cache knows of a container; it spends no read. `null` where it knows nothing, or without a provider. */
export function useKnownContainer(containerId: string | null | undefined): Container | null {
  const layers = useContext(LayersContext);
  const hash = useMemo(
    () => (layers && containerId ? hashKey(layersKeys.container(layers.client, containerId)) : null),
    [layers, containerId],
  );
  const cache = layers?.queryClient.getQueryCache();
  const subscribe = useCallback(
    (changed: () => void) =>
      cache?.subscribe((event) => {
        if (event.query.queryHash === hash) changed();
      }) ?? (() => {}),
    [cache, hash],
  );
  const read = () => (hash === null ? null : (cache?.get<Container>(hash)?.state.data ?? null));
  return useSyncExternalStore(subscribe, read, read);
}
