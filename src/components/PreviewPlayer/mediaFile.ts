import type { Preview } from '../../model/preview.js';
import { safeImageUrl, safeUrl } from '../../model/url.js';

/**
 * How stores sign an address: parameters that have to be there, then those that come with them, in lower case. Exactly these, and only together: any other
 * parameter can choose what is shown. Amazon S3 and CloudFront, Google Cloud, Azure, Alibaba and Tencent Cloud, Akamai, Bunny, Facebook, TikTok, Discord.
 */
const SIGNATURES = [
  [
    'x-amz-signature',
    'x-amz-algorithm x-amz-credential x-amz-date x-amz-expires x-amz-signedheaders x-amz-security-token x-amz-content-sha256',
  ],
  [
    'signature',
    'awsaccesskeyid googleaccessid ossaccesskeyid expires policy key-pair-id keyname urlprefix security-token x-amz-security-token',
  ],
  ['x-goog-signature', 'x-goog-algorithm x-goog-credential x-goog-date x-goog-expires x-goog-signedheaders'],
  ['x-oss-signature', 'x-oss-signature-version x-oss-credential x-oss-date x-oss-expires x-oss-additional-headers x-oss-security-token'],
  ['q-signature', 'q-sign-algorithm q-ak q-sign-time q-key-time q-header-list q-url-param-list x-cos-security-token'],
  ['sig sv', 'ss srt sp se st spr sip sr si skoid sktid skt ske sks skv saoid suoid scid sdd ses'],
  ['oh oe', '_nc_ohc _nc_oc _nc_gid _nc_sid ccb'],
  ['ex is hm', ''],
  ['x-expires x-signature', ''],
  ['token expires', ''],
  ['sig exp', ''],
  ['wssecret wstime', ''],
  ...['hdnts', 'hdnea', 'hdntl', '__token__', 'auth_key', 'edge-cache-token', 'access_token', 'auth_token'].map((name) => [name, '']),
].map((names) => names.map((each) => each.split(' ')));

/** What an address points at, whoever signed it and until when: the same for two addresses that differ only by their signature. */
export function fileOf(url: string): string {
  const [, path = url, query, fragment = ''] = /^(https?:[^?#]*)\?([^#]*)(#.*)?$/i.exec(url) ?? [];
  if (query === undefined) return url;
  const pairs = [...new URLSearchParams(query)].map(([name, value]) => ({ name: name.toLowerCase(), pair: [name, value] }));
  const signs = new Set(SIGNATURES.filter(([needed]) => needed?.every((name) => pairs.some((pair) => pair.name === name))).flat(2));
  const others = pairs.filter(({ name }) => !signs.has(name)).map(({ pair }) => pair);
  return `${path}?${new URLSearchParams(others)}${fragment}`;
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
