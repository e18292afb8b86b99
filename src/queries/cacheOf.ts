import type { QueryClient } from '@tanstack/react-query';
import { heldBy } from '../internal/heldBy.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import type { ContainerCache } from './containerCache.js';

// By client, so that a page which imports a hook alone doesn't load what only a client needs.
const makers = new WeakMap<LayersClient, (queryClient: QueryClient) => ContainerCache>();

/** Lets a client have a {@link ContainerCache} in each `QueryClient`, created on first use. */
export function addCaches(client: LayersClient, create: (queryClient: QueryClient) => ContainerCache): void {
  makers.set(client, heldBy(create));
}

/** The {@link ContainerCache} of a client and a `QueryClient`. */
export function cacheOf(client: LayersClient, queryClient: QueryClient): ContainerCache {
  const make = makers.get(client);
  if (make === undefined) throw new Error('layers-react: this client was not created by createLayersClient().');
  return make(queryClient);
}
