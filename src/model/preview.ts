import * as z from 'zod/mini';
import { aspectRatioOf, readAspectRatio } from './aspectRatio.js';
import { type Asset, mediaKindOf } from './asset.js';
import { safeImageUrl, safeUrl } from './url.js';
import { asSent, imageUrl, lazily, nonNegative, readBody, readBy, text, url } from './wire.js';

/** Every kind of preview carries every key. URLs are safe to put in a page: anything but `https:`, `http:`, `blob:` (and `data:image/*` for images) became `null`. */
export interface PreviewBase {
  /** The hero URL: the MP4, the first slide or the image. `null` on list rows of the old edition, which carry only a poster. */
  primaryUrl: string | null;
  /** A poster; best effort, may be `null` on a completed video. */
  thumbnailUrl: string | null;
  /** Ordered slides of a slideshow, without those whose URL is not safe; `[primaryUrl]` for an image; `[]` for a video. */
  imageUrls: string[];
  /** A direct MP4; `null` for slideshow and image. */
  videoUrl: string | null;
  /** An HLS manifest, where the server has one. */
  hlsUrl: string | null;
  /** Milliseconds, 0 or more; `null` for slideshow and image, and where the server did not probe. */
  durationMs: number | null;
  /** Colon form, `9:16`; `null` when not known or not a ratio. */
  aspectRatio: string | null;
}
export interface VideoPreview extends PreviewBase {
  kind: 'video';
}
export interface SlideshowPreview extends PreviewBase {
  kind: 'slideshow';
}
export interface ImagePreview extends PreviewBase {
  kind: 'image';
}
/** A kind this version does not know: offer {@link PreviewBase.primaryUrl} as a link. */
export interface UnknownPreview extends PreviewBase {
  kind: 'unknown';
  /** The kind as sent; `''` where none came. */
  rawKind: string;
}
/** The one object to render a container from. Switch on `kind`. */
export type Preview = VideoPreview | SlideshowPreview | ImagePreview | UnknownPreview;

const wirePreview = lazily(() =>
  z.object({
    kind: text(),
    primaryUrl: asSent(),
    thumbnailUrl: imageUrl(),
    imageUrls: readBy(readImageUrls),
    videoUrl: asSent(),
    hlsUrl: url(),
    durationMs: nonNegative(),
    aspectRatio: readBy(readAspectRatio),
  }),
);

/**
 * Normalizes a `preview` object on its own. `null` (or `undefined`) is no media yet, and stays `null`; so does a video or a slideshow without any media.
 * @throws LayersError `INVALID_RESPONSE` where it is anything else than an object.
 */
export function parsePreview(json: unknown): Preview | null {
  return json === null || json === undefined ? null : normalize(readBody(wirePreview(), json, 'a preview'));
}

/** The preview of a container: its own; where the edition has none, one built from the assets, else from the list row's `primaryAsset` (model rule 2). @internal */
export function previewOf(body: { preview?: unknown; assets: Asset[]; primaryAsset: Asset | null }): Preview | null {
  if (body.preview !== undefined) {
    const own = z.safeParse(wirePreview(), body.preview);
    return own.success ? normalize(own.data) : null;
  }
  return fromAssets(body.assets) ?? (body.primaryAsset && fromAssets([body.primaryAsset]));
}

function normalize({ kind, ...wire }: z.output<ReturnType<typeof wirePreview>>): Preview | null {
  const { thumbnailUrl, imageUrls, hlsUrl, durationMs, aspectRatio } = wire;
  const common = { thumbnailUrl, hlsUrl, durationMs, aspectRatio };
  const primaryUrl = kind === 'image' || kind === 'slideshow' ? safeImageUrl(wire.primaryUrl) : safeUrl(wire.primaryUrl);
  const videoUrl = safeUrl(wire.videoUrl);
  switch (kind) {
    case 'video': {
      const video: VideoPreview = {
        kind,
        ...common,
        primaryUrl,
        imageUrls: imageUrls ?? [],
        // Only a missing videoUrl means "the same as primaryUrl"; an unsafe one stays out.
        videoUrl: wire.videoUrl === undefined || wire.videoUrl === null ? primaryUrl : videoUrl,
      };
      const anyUrl = video.primaryUrl ?? video.videoUrl ?? hlsUrl ?? thumbnailUrl;
      return anyUrl === null ? null : video;
    }
    case 'slideshow': {
      const slides = withFallback(imageUrls, primaryUrl);
      return slides.length === 0 ? null : { kind, ...common, primaryUrl, imageUrls: slides, videoUrl };
    }
    case 'image':
      return { kind, ...common, primaryUrl, imageUrls: withFallback(imageUrls, primaryUrl), videoUrl };
    default:
      return { kind: 'unknown', rawKind: kind ?? '', ...common, primaryUrl, imageUrls: imageUrls ?? [], videoUrl };
  }
}

function fromAssets(assets: Asset[]): Preview | null {
  const shown = assets.filter((asset) => asset.url !== null || asset.thumbnailUrl !== null);
  const videos = shown.filter((asset) => mediaKindOf(asset) === 'video');
  const video = videos.find((asset) => asset.url !== null) ?? videos[0];
  if (video) return { kind: 'video', ...baseOf(video), imageUrls: [], videoUrl: video.url, durationMs: video.durationMs };

  const images = shown.filter((asset) => mediaKindOf(asset) === 'image');
  const first = images.find((asset) => asset.url !== null) ?? images[0];
  if (!first) return null;
  const imageUrls = images.flatMap((asset) => asset.url ?? []);
  const still = { ...baseOf(first), thumbnailUrl: first.thumbnailUrl ?? first.url, imageUrls, videoUrl: null, durationMs: null };
  return imageUrls.length > 1 ? { kind: 'slideshow', ...still } : { kind: 'image', ...still };
}

function baseOf({ url: primaryUrl, thumbnailUrl, width, height }: Asset) {
  return { primaryUrl, thumbnailUrl, hlsUrl: null, aspectRatio: aspectRatioOf(width, height) };
}

function readImageUrls(value: unknown): string[] | null {
  return Array.isArray(value) ? value.flatMap((entry: unknown) => safeImageUrl(entry) ?? []) : null;
}

function withFallback(imageUrls: string[] | null, primaryUrl: string | null): string[] {
  if (imageUrls !== null && imageUrls.length > 0) return imageUrls;
  return primaryUrl === null ? [] : [primaryUrl];
}
