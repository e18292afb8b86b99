import type { Query } from '@tanstack/react-query';
import type { LayersClient } from '../schedule/scheduledClient.js';
import type { AssetFile } from '../model/asset.js';
import { retryDelay } from '../schedule/cadence.js';
import { asked } from './asked.js';
import { cacheOf } from './cacheOf.js';
import { layersKeys } from './keys.js';
import { type LayersQueryOptions, unlessIdle } from './queryOptions.js';
import { notingUnobserved, retryUnobserved } from './unobserved.js';

/** How long a URL without `expiresAt` counts as valid, in milliseconds. */
const GOOD_FOR_MS = 5 * 60_000;
/** A URL is refetched this long before it expires, in milliseconds, but not more often than the floor: clocks differ. */
const AHEAD_MS = 30_000;
const FLOOR_MS = 60_000;

/**
 * TanStack Query options for one file of a container, to download or copy. While mounted, the URL is refetched before it expires. To show a container, render
 * its `preview`.
 *
 * @param containerId with or without `cnt_`; `null` and `undefined` read nothing
 * @param assetId an asset's `id`, opaque; `null` and `undefined` read nothing
 */
export function assetOptions(
  client: LayersClient,
  containerId: string | null | undefined,
  assetId: string | null | undefined,
): LayersQueryOptions<AssetFile, AssetFile, AssetKey> {
  return unlessIdle(containerId, (container) => unlessIdle(assetId, (asset) => optionsOf(client, container, asset)));
}

/** How many reads of a query had failed when it last succeeded: TanStack counts all of them, and not those in a row. */
const failedBefore = new WeakMap<object, number>();

type AssetKey = ReturnType<typeof layersKeys.asset>;

function optionsOf(client: LayersClient, containerId: string, assetId: string): LayersQueryOptions<AssetFile, AssetFile, AssetKey> {
  return {
    queryKey: layersKeys.asset(client, containerId, assetId) as never,
    queryFn: async (context) => {
      const query = context.client.getQueryCache().find({ queryKey: context.queryKey, exact: true }) as Query<AssetFile>;
      const isMount = cacheOf(client, context.client).isMounting(query) || query.state.data === undefined;
      const usual = isMount ? 'first' : isDue(query) ? 'screen' : 'person';
      const priority = () => (asked.has(query) ? 'person' : usual);
      const file = await notingUnobserved(context, client.readAsset(containerId, assetId, priority, context.signal));
      asked.delete(query);
      failedBefore.set(query, query.state.errorUpdateCount);
      return file;
    },
    staleTime: ({ state: { data, dataUpdatedAt } }) => (data ? goodFor(data, dataUpdatedAt) : 0),
    refetchInterval: (query) => {
      const { data, dataUpdatedAt, status, error, errorUpdateCount } = query.state;
      // Always the same jitter: with another one in each render TanStack would wait anew.
      if (status === 'error') return retryDelay(error, Math.max(1, errorUpdateCount - (failedBefore.get(query) ?? 0)), 0.5);
      return data?.expiresAt !== undefined && status === 'success' ? goodFor(data, dataUpdatedAt) : false;
    },
    refetchOnWindowFocus: true,
    refetchOnReconnect: true,
    ...retryUnobserved,
    networkMode: 'always',
  };
}

/** Whether a URL is refetched because it expires, and not because somebody asks for it. */
const isDue = ({ state: { data, dataUpdatedAt, isInvalidated, status } }: Query<AssetFile>): boolean =>
  data !== undefined && !(isInvalidated && status === 'success') && Date.now() - dataUpdatedAt >= goodFor(data, dataUpdatedAt);

/** How long a file's URL is valid after it was read, in milliseconds. */
function goodFor({ expiresAt }: AssetFile, readAt: number): number {
  return expiresAt === undefined ? GOOD_FOR_MS : Math.min(Math.max(FLOOR_MS, Date.parse(expiresAt) - readAt - AHEAD_MS), 2 ** 31 - 1);
}
