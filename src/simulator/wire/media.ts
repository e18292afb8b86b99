import { hash32, randomFrom } from '../random.js';
import { uuid } from '../ids.js';
import type { ContainerRecord, Output } from '../record.js';

/** The files of an output as URLs. */
export interface MediaUrls {
  /** The video, the picture, or the slides in order. */
  files: readonly string[];
  /** `null` when there is none, which a completed video may well have [concepts/preview-object]. */
  thumbnail: string | null;
  hls: string | null;
}

/** Composes the URLs of an output. @param base ends in a slash */
export function mediaUrls({ media, poster, hls }: Output, base: string): MediaUrls {
  switch (media.kind) {
    case 'video':
      return {
        files: [base + media.video],
        thumbnail: poster ? base + media.poster : null,
        hls: hls && media.hls ? base + media.hls : null,
      };
    case 'slideshow':
      return { files: media.slides.map((slide) => base + slide), thumbnail: base + (media.slides[0] ?? ''), hls: null };
    case 'image':
      return { files: [base + media.image], thumbnail: base + media.image, hls: null };
  }
}

/** The ids of an output's files, one for each; opaque, new for every generation. */
export function assetIds(seed: number, record: ContainerRecord, output: Output, count: number): string[] {
  const prefix = output.media.kind === 'video' ? 'video' : 'image';
  return Array.from({ length: count }, (_, index) => `${prefix}-${uuid(randomFrom(seed, 'asset', record.id, output.revision, index))}`);
}

/** What the old edition tells of a file. Size and checksum are made up: nothing reads the files for a JSON answer. */
export function fileFacts({ media, probed }: Output, name: string): Record<string, unknown> {
  const video = media.kind === 'video';
  const checksum = Array.from({ length: 8 }, (_, index) => hash32(`${name}|${index}`).toString(16).padStart(8, '0')).join('');
  return {
    durationMs: video && probed ? media.durationMs : null,
    width: media.width,
    height: media.height,
    mimeType: video ? 'video/mp4' : 'image/jpeg',
    sizeBytes: video ? media.durationMs * 40 + (hash32(name) % 50_000) : 40_000 + (hash32(name) % 60_000),
    checksumSha256: checksum,
  };
}
