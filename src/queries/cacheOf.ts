import type { QueryClient } from '@tanstack/react-query';
import type { LayersClient } from '../schedule/createLayersClient.js';
import { ContainerCache } from './containerCache.js';
import { shareEntry } from './entry.js';
import { shareTabs } from './shareTabs.js';

const caches = new WeakMap<LayersClient, WeakMap<QueryClient, ContainerCache>>();

/** The {@link ContainerCache} of a client and a `QueryClient`, created on first use. */
export function cacheOf(client: LayersClient, queryClient: QueryClient): ContainerCache {
  const known = caches.get(client) ?? new WeakMap<QueryClient, ContainerCache>();
  caches.set(client, known);
  const cache = known.get(queryClient) ?? create(client, queryClient);
  known.set(queryClient, cache);
  return cache;
}

function create(client: LayersClient, queryClient: QueryClient): ContainerCache {
  // One merge rule for every write to an entry, whoever creates the query.
  queryClient.setQueryDefaults(['layers', client.scope, 'container'], { structuralSharing: shareEntry });
  const cache = new ContainerCache(client, queryClient);
  shareTabs(client, cache);
  return cache;
}
