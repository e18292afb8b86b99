import type { LayersClient } from '../schedule/createLayersClient.js';
import type { AssetFile } from '../model/asset.js';
import { layersKeys } from './keys.js';
import type { LayersQueryOptions } from './types.js';

/** How long an address is taken to be good where the API does not say; opaque addresses are not for keeping. */
const GOOD_FOR_MS = 5 * 60_000;
/** An address that runs out is read anew this long before, but never more often than the floor: clocks differ. */
const AHEAD_MS = 30_000;
const FLOOR_MS = 60_000;

/**
 * TanStack Query options for one file of a container, to download or copy: its address is read when it is asked for, and again before it runs out while
 * somebody looks. To show a container, render its `preview`.
 */
export function assetOptions(
  client: LayersClient,
  containerId: string,
  assetId: string,
): LayersQueryOptions<AssetFile, AssetFile, ReturnType<typeof layersKeys.asset>> {
  return {
    queryKey: layersKeys.asset(client, containerId, assetId) as never,
    queryFn: ({ signal }) => client.getAsset(containerId, assetId, { signal }),
    staleTime: ({ state: { data, dataUpdatedAt } }) => (data ? goodFor(data, dataUpdatedAt) : 0),
    refetchInterval: ({ state: { data, dataUpdatedAt, status } }) =>
      data?.expiresAt !== undefined && status === 'success' ? goodFor(data, dataUpdatedAt) : false,
    refetchOnWindowFocus: true,
    refetchOnReconnect: true,
    retry: false,
    networkMode: 'always',
  };
}

/** Milliseconds from when it was read. */
function goodFor({ expiresAt }: AssetFile, readAt: number): number {
  return expiresAt === undefined ? GOOD_FOR_MS : Math.min(Math.max(FLOOR_MS, Date.parse(expiresAt) - readAt - AHEAD_MS), 2 ** 31 - 1);
}
