import type { Preview } from '../../model/preview.js';
import { safeImageUrl, safeUrl } from '../../model/url.js';

/**
 * Parameters by which stores sign an address, in lower case: exactly those, since any other can choose what is shown. Amazon S3 and CloudFront, Google Cloud,
 * Alibaba and Tencent Cloud, Akamai, Facebook, TikTok, Discord, and what smaller stores call them.
 */
const SIGNS = new Set(
  [
    'x-amz-algorithm x-amz-credential x-amz-date x-amz-expires x-amz-signedheaders x-amz-signature x-amz-security-token awsaccesskeyid',
    'policy key-pair-id signature expires',
    'x-goog-algorithm x-goog-credential x-goog-date x-goog-expires x-goog-signedheaders x-goog-signature googleaccessid keyname edge-cache-token',
    'x-oss-signature-version x-oss-credential x-oss-date x-oss-expires x-oss-signature x-oss-additional-headers x-oss-security-token ossaccesskeyid',
    'security-token q-sign-algorithm q-ak q-sign-time q-key-time q-header-list q-url-param-list q-signature x-cos-security-token',
    'hdnts hdnea hdntl __token__ oh oe x-expires x-signature ex is hm auth_key wssecret wstime',
    'token access_token auth_token sig sign hmac exp expire expiry',
  ].flatMap((names) => names.split(' ')),
);
/** Azure's are too short to be told from others but beside its signature, `sig`. */
const SIGNS_OF_AZURE = new Set('sv ss srt sp se st spr sip sr si skoid sktid skt ske sks skv saoid suoid scid sdd ses'.split(' '));

/** What an address points at, whoever signed it and until when: the same for two addresses that differ only by their signature. */
export function fileOf(url: string): string {
  const at = url.indexOf('?');
  if (at < 0 || !/^http/i.test(url)) return url;
  const query = [...new URLSearchParams(url.slice(at).replace(/#.*/, ''))];
  const isAzure = query.some(([name]) => name === 'sig') && query.some(([name]) => name === 'sv');
  const others = query.filter(([name]) => !SIGNS.has(name.toLowerCase()) && !(isAzure && SIGNS_OF_AZURE.has(name)));
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
