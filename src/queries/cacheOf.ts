import type { QueryClient } from '@tanstack/react-query';
import type { LayersClient } from '../schedule/createLayersClient.js';
import { ContainerCache } from './containerCache.js';
import { shareEntry } from './entry.js';
import { shareTabs } from './shareTabs.js';

const caches = new WeakMap<LayersClient, WeakMap<QueryClient, ContainerCache>>();

/** The glue between a client and a query cache, made when it is first needed. */
export function cacheOf(client: LayersClient, queryClient: QueryClient): ContainerCache {
  const known = caches.get(client) ?? new WeakMap<QueryClient, ContainerCache>();
  caches.set(client, known);
  const cache = known.get(queryClient) ?? create(client, queryClient);
  known.set(queryClient, cache);
  return cache;
}

function create(client: LayersClient, queryClient: QueryClient): ContainerCache {
  // Whoever writes to an entry, and whatever creates it: one rule for how two writes meet.
  queryClient.setQueryDefaults(['layers', client.scope, 'container'], { structuralSharing: shareEntry });
  const cache = new ContainerCache(client, queryClient);
  shareTabs(client, cache);
  return cache;
}
