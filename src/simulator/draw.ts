import { mediaCatalog, type MediaItem } from './media/catalog.js';
import type { MediaKind } from './plan.js';
import { pick, type Random } from './random.js';
import type { PlatformFitEntry } from './record.js';
import { topics, variants } from './texts.js';

const currentFormats = ['ugc-remix', 'video-remix', 'slideshow-builder', 'slideshow-remix'] as const;
const legacyFormats = ['video-remix', 'ugc-remix', 'slideshow-remix', 'auto'] as const;

/** A format of an edition, with hyphens. */
export function drawFormat(edition: 'current' | 'legacy', random: Random): string {
  return pick(random, edition === 'legacy' ? legacyFormats : currentFormats);
}

/** Whether a format takes its words from a TikTok source, so that it has no hook of its own [reference/content/get-container]. */
export function isSourceRemix(format: string | null): boolean {
  return format === 'video-remix' || format === 'slideshow-remix';
}

/** Whether a TikTok id names a video: only those drawn here as videos do, any other id passes for a slideshow. */
export function isVideoSource(tiktokId: string): boolean {
  return tiktokId.startsWith('739');
}

/** A TikTok id: videos begin with 739, slideshows with 723. */
export function drawTiktokId(kind: 'video' | 'slideshow', random: Random): string {
  return `${kind === 'video' ? '739' : '723'}${String(Math.floor(random() * 1e16)).padStart(16, '0')}`;
}

/** What a format makes; an upload can be anything. */
export function drawKind(format: string | null, random: Random): MediaKind {
  const draw = random();
  if (format === null) return draw < 0.5 ? 'video' : draw < 0.8 ? 'image' : 'slideshow';
  return format.startsWith('slideshow') ? 'slideshow' : 'video';
}

/** One of the catalogue's pieces of a kind: the one that a hook goes with, where it goes with one. */
export function drawMedia(kind: MediaKind, random: Random, hook?: string | null): MediaItem {
  const items = byKind.get(kind) ?? [];
  const drawn = pick(random, items);
  return (hook && items.find((item) => wordsOf(item).some(([known]) => known === hook))) || drawn;
}

/** A caption that goes with the media. */
export const drawCaption = (media: MediaItem, random: Random): string => (random() < 0.4 ? media.caption : pick(random, wordsOf(media))[1]);

/** A hook that goes with the media. */
export const drawHook = (media: MediaItem, random: Random): string => (random() < 0.4 ? media.hook : pick(random, wordsOf(media))[0]);

const words = new Map(mediaCatalog.map((item) => [item, [[item.hook, item.caption] as const, ...(variants[item.name] ?? [])]]));
const wordsOf = (item: MediaItem) => words.get(item) ?? [];

/** A brief of the old edition, in one of the two shapes its pages show. */
export function drawBrief(hook: string | null, random: Random): Record<string, unknown> {
  const topic = pick(random, topics);
  return hook !== null && random() < 0.5 ? { hook, targetPlatforms: ['tiktok', 'instagram'] } : { ...topic };
}

/** How the platforms take an upload of this size: the catalogue's files are small, and small is what the documented example refuses. */
export function fitOf({ kind, width, height }: MediaItem): PlatformFitEntry[] {
  const noun = kind === 'video' ? 'video' : 'image';
  const issues = Math.min(width, height) < 1080 ? [`${width}x${height} ${noun} resolution too low (min 1080px on the short edge)`] : [];
  return ['tiktok', 'instagram'].map((platform) => ({ platform, ok: issues.length === 0, issues: [...issues] }));
}

const byKind = new Map<MediaKind, MediaItem[]>();
for (const item of mediaCatalog) byKind.set(item.kind, [...(byKind.get(item.kind) ?? []), item]);
