import type { ImagePreview, Preview, SlideshowPreview, VideoPreview } from '../../src/model/preview.js';
import { mediaCatalog } from '../../src/simulator/media/catalog.js';

/** Previews of the demo media. `base` is the path that its files are served at. */
export function createPreviews(base: string) {
  const origin = typeof location === 'undefined' ? 'https://media.example' : location.origin;
  const url = (file: string) => new URL(`${base}${file}`, origin).href;
  const find = <Kind extends 'video' | 'slideshow' | 'image'>(kind: Kind, name: string) => {
    const item = mediaCatalog.find((candidate) => candidate.kind === kind && candidate.name === name);
    if (!item) throw new Error(`There is no ${kind} "${name}" in the media catalog.`);
    return item as Extract<typeof item, { kind: Kind }>;
  };

  const video = (name: string): VideoPreview => {
    const item = find('video', name);
    return {
      kind: 'video',
      primaryUrl: url(item.video),
      videoUrl: url(item.video),
      thumbnailUrl: url(item.poster),
      imageUrls: [],
      hlsUrl: null,
      durationMs: item.durationMs,
      aspectRatio: item.aspectRatio,
    };
  };
  const slideshow = (name: string): SlideshowPreview => {
    const item = find('slideshow', name);
    const imageUrls = item.slides.map(url);
    const [first = null] = imageUrls;
    return {
      kind: 'slideshow',
      primaryUrl: first,
      videoUrl: null,
      thumbnailUrl: first,
      imageUrls,
      hlsUrl: null,
      durationMs: null,
      aspectRatio: item.aspectRatio,
    };
  };
  const image = (name: string): ImagePreview => {
    const item = find('image', name);
    const file = url(item.image);
    return {
      kind: 'image',
      primaryUrl: file,
      videoUrl: null,
      thumbnailUrl: null,
      imageUrls: [file],
      hlsUrl: null,
      durationMs: null,
      aspectRatio: item.aspectRatio,
    };
  };

  const run = video('dawn-run');
  return {
    video: run,
    hlsVideo: { ...run, hlsUrl: url(find('video', 'dawn-run').hls ?? '') },
    squareVideo: video('night-serum'),
    otherVideo: video('slow-coffee'),
    videoWithoutPoster: { ...video('evening-calendar'), thumbnailUrl: null, durationMs: null },
    posterOnly: { ...run, primaryUrl: null, videoUrl: null },
    brokenVideo: { ...run, primaryUrl: url('missing.mp4'), videoUrl: url('missing.mp4') },
    slideshow: slideshow('patient-plants'),
    slideshowFourFive: slideshow('coast-weekend'),
    image: image('city-honey'),
    squareImage: image('slow-ceramics'),
    brokenImage: { ...image('city-honey'), primaryUrl: url('missing.jpg'), imageUrls: [url('missing.jpg')] },
    unknown: { ...run, kind: 'unknown', rawKind: 'hologram', videoUrl: null, durationMs: null },
  } satisfies Record<string, Preview>;
}

/** The demo media as Storybook serves it. */
export const previews = createPreviews('/media/');
