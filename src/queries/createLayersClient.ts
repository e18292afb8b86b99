import type { LayersClientOptions } from '../client/clientOptions.js';
import { createScheduledClient, type LayersClient } from '../schedule/scheduledClient.js';
import { addCaches } from './cacheOf.js';
import { ContainerCache } from './containerCache.js';
import { shareEntry } from '../entries/makeEntry.js';
import { shareJob } from './jobProgress.js';
import { keepShown } from './shownBefore.js';
import { startPush } from './push/startPush.js';
import { shareTabs } from './shareTabs.js';

/**
 * Creates the client that every hook uses. Create it once: everything that uses it shares one budget and deduplicates requests in flight.
 *
 * @example
 * const client = createLayersClient({ baseUrl: '/api/layers' });
 * const container = await client.getContainer('cnt_7d18b9a1-8b2c-4f3e-a4d5-6e7f8a9b0c1d');
 *
 * @throws LayersError `INVALID_INPUT` for an invalid option, `API_KEY_IN_BROWSER` for an API key in a browser
 */
export function createLayersClient(options: LayersClientOptions): LayersClient {
  const client = createScheduledClient(options);
  startPush(client);
  let joinsTabs = client.settings.shareTabs && typeof document !== 'undefined';
  const caches = new Set<WeakRef<ContainerCache>>();
  addCaches(client, (queryClient) => {
    // One merge rule for every write to an entry, whoever creates the query.
    queryClient.setQueryDefaults(['layers', client.scope, 'container'], { structuralSharing: shareEntry });
    queryClient.setQueryDefaults(['layers', client.scope, 'job'], { structuralSharing: shareJob });
    const cache = new ContainerCache(client, queryClient);
    const held = new WeakRef(cache);
    caches.add(held);
    receiveWhileHeld(client, held);
    keepShown(client.scope, () => held.deref()?.shown());
    if (joinsTabs) shareTabs(client, cache, () => [...caches].flatMap((each) => each.deref() ?? []));
    joinsTabs = false;
    return cache;
  });
  return client;
}

/** Writes results to a cache for as long as its `QueryClient` exists. In a scope of its own, because functions that share one hold all of it. */
function receiveWhileHeld({ schedule }: LayersClient, held: WeakRef<ContainerCache>): void {
  const stop = schedule.onTold((told) => {
    const cache = held.deref();
    if (cache) cache.receive(told);
    else stop();
  });
}
