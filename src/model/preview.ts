/** Every kind of preview carries every key. URLs are safe to put in a page: anything but `https:`, `http:`, `blob:` (and `data:image/*` for images) became `null`. */
export interface PreviewBase {
  /** The hero URL: the MP4, the first slide or the image. `null` on list rows of the old edition, which carry only a poster. */
  primaryUrl: string | null;
  /** A poster; best effort, may be `null` on a completed video. */
  thumbnailUrl: string | null;
  /** Ordered slides of a slideshow; `[primaryUrl]` for an image; `[]` for a video. */
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
  /** The kind as sent. */
  rawKind: string;
}
/** The one object to render a container from. Switch on `kind`. */
export type Preview = VideoPreview | SlideshowPreview | ImagePreview | UnknownPreview;
