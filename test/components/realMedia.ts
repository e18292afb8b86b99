import { expect } from 'vitest';
import type { VideoPreview } from '../../src/model/preview.js';
import { previews } from './support.js';

/** Safari's engine as Linux has it, with GStreamer below it. */
export const isWebKitGtk = /AppleWebKit/.test(navigator.userAgent) && !/Chrom/.test(navigator.userAgent);

const rootOf = (container: Element) => container.querySelector('.layers-PreviewPlayer') as HTMLElement;
export const stateOf = (container: Element) => rootOf(container).dataset.state;
export const videoOf = (container: Element) => container.querySelector('video') as HTMLVideoElement;

let cases = 0;
/** An address of a demo file that no other test asks for; faults in `signature` go with the signature. */
export function fileOfItsOwn(name = 'dawn-run.mp4') {
  cases += 1;
  const id = `case-${cases}-${Math.round(performance.timeOrigin)}`;
  return {
    id,
    url: (faults = '', signature = '') =>
      `${location.origin}/faulty/${name}?id=${id}${faults && `&${faults}`}${signature && `&signature=${encodeURIComponent(signature)}`}`,
    /** Lets go of the answers that `hold` keeps back. */
    release: () => fetch(`/faulty/release?of=${id}`),
    requests: async () => {
      const response = await fetch(`/faulty/log?of=${id}`);
      return (await response.json()) as { path: string; range: string; ended: boolean }[];
    },
  };
}

export const videoAt = (url: string, more: Partial<VideoPreview> = {}): VideoPreview => ({
  ...previews.video,
  primaryUrl: url,
  videoUrl: url,
  thumbnailUrl: previews.video.thumbnailUrl,
  ...more,
});

export const isPlaying = async (container: Element) => {
  await expect.poll(() => stateOf(container)).toBe('playing');
};
