import type { ReactEventHandler, Ref } from 'react';

/** Media that cannot be shown, after what could be done was done. */
export interface PreviewPlayerError {
  kind: 'video' | 'image';
  /** The address that failed last; `null` where there was none. */
  url: string | null;
  /** The browser's `MediaError` code of a video: 2 network, 3 cannot be decoded, 4 not found or no video; `null` for images and where it gave none. */
  code: number | null;
  /** `unsupported`: the file is there, and this browser can't show its picture, as with HEVC in many: a retry can't help. `failed`: anything else. */
  reason: 'failed' | 'unsupported';
}

/** How media is shown, whatever its kind. */
export interface MediaSettings {
  alt: string | undefined;
  controls: 'native' | 'minimal' | 'none';
  autoPlay: boolean;
  loop: boolean;
  muted: boolean;
  preload: 'none' | 'metadata' | 'auto' | undefined;
  exclusive: boolean;
  playOnHover: boolean;
  zoom: boolean;
  /** Milliseconds a slide stays; `null`: until somebody moves it. */
  rotateMs: number | null;
  fetching: { referrerPolicy?: ReferrerPolicy | undefined; crossOrigin?: 'anonymous' | 'use-credentials' | undefined };
  videoRef: Ref<HTMLVideoElement> | undefined;
  onPlay: ReactEventHandler<HTMLVideoElement> | undefined;
  onEnded: ReactEventHandler<HTMLVideoElement> | undefined;
  onError: ((error: PreviewPlayerError) => void) | undefined;
}
