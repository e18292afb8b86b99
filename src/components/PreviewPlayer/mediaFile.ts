import type { Preview } from '../../model/preview.js';
import { safeImageUrl, safeUrl } from '../../model/url.js';

/** Names of parameters by which stores sign an address: S3, CloudFront, Google, Azure, Akamai and what their like call them. */
const SIGNS = /^x-|sign|token|expir|^exp$|polic|credential|auth|key-?(pair-?)?id|hmac|hdn|^s(v|t|e|r|p|pr|ip|ig|k[a-z]+)$/i;

/** What an address points at, whoever signed it and until when: the same for two addresses that differ only by their signature. */
export function fileOf(url: string): string {
  const at = url.indexOf('?');
  if (at < 0 || !/^http/i.test(url)) return url;
  const others = [...new URLSearchParams(url.slice(at).replace(/#.*/, ''))].filter(([name]) => !SIGNS.test(name));
  return `${url.slice(0, at)}?${others.map((pair) => pair.join('=')).join('&')}`;
}

/** Every safe address that a preview can be drawn from; none where there is nothing to draw. */
export function addressesOf(preview: Preview | null): string[] {
  if (!preview) return [];
  const { kind, thumbnailUrl, imageUrls, primaryUrl } = preview;
  const links = kind === 'video' ? Object.values(sourcesOf(preview)) : [safeImageUrl(primaryUrl)];
  return [...links, ...[thumbnailUrl, ...imageUrls].map(safeImageUrl)].filter((url) => url !== null);
}

/** Where a video can be loaded from. */
export interface VideoSources {
  mp4: string | null;
  hls: string | null;
}

/** The safe sources of a video. */
export function sourcesOf({ videoUrl, primaryUrl, hlsUrl }: Preview): VideoSources {
  return { mp4: safeUrl(videoUrl) ?? safeUrl(primaryUrl), hls: safeUrl(hlsUrl) };
}
