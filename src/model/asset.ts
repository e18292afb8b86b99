import * as z from 'zod/mini';
import { safeImageUrl, safeUrl } from './url.js';
import { asSent, imageUrl, lazily, nonNegative, readBody, text } from './wire.js';

/** A file behind a container. Render from `Container.preview`; assets are the inventory. */
export interface Asset {
  /** `assetId ?? id`, opaque. */
  id: string | null;
  /** `video`, `image`, … as sent. */
  kind: string | null;
  /** Safe to put in a page, else `null` (model rule 3). */
  url: string | null;
  /** A poster; safe to put in a page, else `null`. */
  thumbnailUrl: string | null;
  mimeType: string | null;
  /** Milliseconds, 0 or more; `null` when not known. */
  durationMs: number | null;
  /** Pixels; `null` when not known. */
  width: number | null;
  /** Pixels; `null` when not known. */
  height: number | null;
  /** Bytes; `null` when not known. */
  sizeBytes: number | null;
  /** The file's SHA-256, as sent; missing where the API does not say. */
  checksumSha256?: string;
  /** When `url` stops working, as sent (ISO 8601); missing where the API does not say, which is no promise that it lasts. */
  expiresAt?: string;
}

/** One asset as it is read by itself: its address is for a download or a copy, and may run out. */
export type AssetFile = Asset;

/** An asset as either edition sends it. Takes any object. @internal */
export const wireAsset = lazily(() =>
  z.object({
    assetId: text(),
    id: text(),
    kind: text(),
    url: asSent(),
    thumbnailUrl: imageUrl(),
    mimeType: text(),
    durationMs: nonNegative(),
    width: nonNegative(),
    height: nonNegative(),
    sizeBytes: nonNegative(),
    checksumSha256: text(),
    expiresAt: text(),
  }),
);

/** Normalizes an asset. @internal */
export function assetOf({ assetId, id, url, checksumSha256, expiresAt, ...rest }: z.output<ReturnType<typeof wireAsset>>): Asset {
  return {
    id: assetId ?? id,
    ...rest,
    url: mediaKindOf(rest) === 'image' ? safeImageUrl(url) : safeUrl(url),
    ...(checksumSha256 !== null && { checksumSha256 }),
    ...(expiresAt !== null && !Number.isNaN(Date.parse(expiresAt)) && { expiresAt }),
  };
}

/** Normalizes the body of `GET /v1/content/:containerId/assets/:assetId`. @throws LayersError `INVALID_RESPONSE` where it is no object. */
export function parseAsset(json: unknown): AssetFile {
  return assetOf(readBody(wireAsset(), json, 'an asset'));
}

/** Whether an asset is shown as a video or as an image; `null` for any other kind. @internal */
export function mediaKindOf({ kind, mimeType }: Pick<Asset, 'kind' | 'mimeType'>): 'video' | 'image' | null {
  // The kind wins over the MIME type: an image file of another kind (a thumbnail, say) is not a slide.
  const word = kind ?? mimeType?.split('/')[0];
  return word === 'video' || word === 'image' ? word : null;
}
