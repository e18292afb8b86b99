/** What every piece of demo media says about itself. */
export interface MediaBase {
  /** A slug, unique in {@link mediaCatalog}. */
  name: string;
  /** The line on the picture, as a marketer would have typed it; line breaks count. */
  hook: string;
  /** The text of the post. */
  caption: string;
  /** Colon form, `9:16`. */
  aspectRatio: string;
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
}

/** A short film. File names are relative to `files/`, here and below. */
export interface MediaVideo extends MediaBase {
  kind: 'video';
  /** An MP4 (H.264, AAC). */
  video: string;
  /** The manifest of an HLS rendition; `null` where there is none. */
  hls: string | null;
  /** A JPEG of the video's own size. */
  poster: string;
  durationMs: number;
}

/** Slides that tell one story in order. */
export interface MediaSlideshow extends MediaBase {
  kind: 'slideshow';
  /** JPEGs, first to last. */
  slides: readonly string[];
}

/** A single picture. */
export interface MediaImage extends MediaBase {
  kind: 'image';
  /** A JPEG. */
  image: string;
}

/** One piece of demo media; switch on `kind`. */
export type MediaItem = MediaVideo | MediaSlideshow | MediaImage;

const slides = (name: string) => [1, 2, 3, 4, 5].map((number) => `${name}/${number}.jpg`);

/** Everything in `files/`, drawn and encoded by `scripts/media/make.mjs`. */
export const mediaCatalog: readonly MediaItem[] = [
  {
    kind: 'video',
    name: 'dawn-run',
    video: 'dawn-run.mp4',
    hls: 'dawn-run/index.m3u8',
    poster: 'dawn-run.jpg',
    durationMs: 7000,
    width: 360,
    height: 640,
    aspectRatio: '9:16',
    hook: 'Your first\n30 days\nof running',
    caption: 'Day 1 is eight minutes. That is the whole trick. 🌅 #couchto5k #morningrun',
  },
  {
    kind: 'video',
    name: 'evening-calendar',
    video: 'evening-calendar.mp4',
    hls: null,
    poster: 'evening-calendar.jpg',
    durationMs: 7500,
    width: 360,
    height: 640,
    aspectRatio: '9:16',
    hook: 'The calendar app\nthat respects\nyour evenings',
    caption: 'Nothing after six unless you say so. #worklifebalance #productivity',
  },
  {
    kind: 'video',
    name: 'slow-coffee',
    video: 'slow-coffee.mp4',
    hls: null,
    poster: 'slow-coffee.jpg',
    durationMs: 6500,
    width: 360,
    height: 640,
    aspectRatio: '9:16',
    hook: 'POV: three minutes\nwithout your phone',
    caption: 'Grind, bloom, pour, wait. The slowest part of my day is the best one. ☕ #slowmornings',
  },
  {
    kind: 'video',
    name: 'night-serum',
    video: 'night-serum.mp4',
    hls: null,
    poster: 'night-serum.jpg',
    durationMs: 5000,
    width: 360,
    height: 360,
    aspectRatio: '1:1',
    hook: 'One bottle.\nThat is the routine.',
    caption: 'Four drops, then sleep. #skincare #nightroutine',
  },
  {
    kind: 'slideshow',
    name: 'patient-plants',
    slides: slides('patient-plants'),
    width: 540,
    height: 960,
    aspectRatio: '9:16',
    hook: '3 plants that\nforgive you',
    caption: 'Tested by someone who forgets everything. Save this before the garden centre. 🌿 #plantsoftiktok',
  },
  {
    kind: 'slideshow',
    name: 'coast-weekend',
    slides: slides('coast-weekend'),
    width: 540,
    height: 675,
    aspectRatio: '4:5',
    hook: 'A weekend by the sea\nfor under €90',
    caption: 'One bag, one train, two swims. Full list on the last slide. #weekendtrip #budgettravel',
  },
  {
    kind: 'image',
    name: 'city-honey',
    image: 'city-honey.jpg',
    width: 540,
    height: 960,
    aspectRatio: '9:16',
    hook: 'Honey from\nnine streets away',
    caption: 'Our rooftop bees had a good July. 212 jars, then we wait for spring. #localfood',
  },
  {
    kind: 'image',
    name: 'slow-ceramics',
    image: 'slow-ceramics.jpg',
    width: 600,
    height: 600,
    aspectRatio: '1:1',
    hook: 'Made slowly.\nGone quickly.',
    caption: 'The autumn kiln opens on Friday at nine. #ceramics #handmade',
  },
  {
    kind: 'image',
    name: 'reading-lamp',
    image: 'reading-lamp.jpg',
    width: 540,
    height: 675,
    aspectRatio: '4:5',
    hook: 'A lamp for reading,\nnot for scrolling',
    caption: 'Warm at eight, gone by eleven. It dims itself so that you do too. #bettersleep',
  },
];
