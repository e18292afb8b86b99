import type { LayersClientOptions } from '../client/clientOptions.js';
import { createScheduledClient, type LayersClient } from '../schedule/scheduledClient.js';
import { addCaches } from './cacheOf.js';
import { ContainerCache } from './containerCache.js';
import { shareEntry } from './makeEntry.js';
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
  let joinsTabs = client.settings.shareTabs && typeof document !== 'undefined';
  addCaches(client, (queryClient) => {
    // One merge rule for every write to an entry, whoever creates the query.
    queryClient.setQueryDefaults(['layers', client.scope, 'container'], { structuralSharing: shareEntry });
    const cache = new ContainerCache(client, queryClient);
    // One cache is enough to know what this tab knows.
    if (joinsTabs) shareTabs(client, cache);
    joinsTabs = false;
    return cache;
  });
  return client;
}
