import type { UseQueryResult } from '@tanstack/react-query';
import type { AssetFile } from '../model/asset.js';
import type { LayersError } from '../model/errors.js';
import { useLayers } from '../provider/LayersContext.js';
import { assetOptions } from '../queries/assetOptions.js';
import { type ReadHookOptions, useRead, withHookOptions } from './useRead.js';

/** Options of {@link useAsset}. */
export type UseAssetOptions<Selected = AssetFile> = ReadHookOptions<AssetFile, Selected>;

/**
 * One file of a container, to download or copy. `data.url` is safe to use in a page (`null` if the API's URL isn't), can be short-lived, and is refetched
 * before it expires. To show a container, render its `preview` instead, which costs no read.
 *
 * @example
 * const { data: file } = useAsset(container.id, container.assets[0]?.id);
 * {file?.url && <a href={file.url} download>Download</a>}
 *
 * @param containerId with or without `cnt_`; `null` and `undefined` read nothing
 * @param assetId an asset's `id`, opaque; `null` and `undefined` read nothing
 */
export function useAsset<Selected = AssetFile>(
  containerId: string | null | undefined,
  assetId: string | null | undefined,
  options: UseAssetOptions<Selected> = {},
): UseQueryResult<Selected, LayersError> {
  const layers = useLayers();
  return useRead<Selected>(layers, withHookOptions(assetOptions(layers.client, containerId, assetId), options));
}
