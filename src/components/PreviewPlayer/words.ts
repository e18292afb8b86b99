import { clock, whole } from '../../internal/intl.js';
import { type CommonMessages, commonEnglish } from '../words.js';

/** The words that every `PreviewPlayer` starts with. */
export interface PlayerMessages {
  /** Accessible name of a video without another. */
  video: string;
  /** Accessible name of an image without another. */
  image: string;
  /** Accessible name of a slideshow without another. */
  slideshow: string;
  /** Name of the play button; `title` is the video's name where it has one. */
  play: (title: string | null) => string;
  /** Name of the pause button. */
  pause: (title: string | null) => string;
  /** A length as the pill in a video's corner shows it. */
  duration: (milliseconds: number, locale: string) => string;
  /** Name of a slide. */
  slidePosition: (position: number, count: number, locale: string) => string;
  /** What the pill in a slideshow's corner shows. */
  slideCount: (position: number, count: number, locale: string) => string;
  /** A video did not load or cannot be played. */
  videoFailed: string;
  /** The file of a video is there, and this browser cannot show its picture. */
  videoUnsupported: string;
  /** An image did not load. */
  imageFailed: string;
  /** A container could not be read, so there is nothing to show. */
  previewUnavailable: string;
  /** There is no media yet. */
  noPreview: string;
  /** Link to a preview of a kind that cannot be shown in place. */
  openFile: string;
  /** The address of media has run out, and a new one is being read. */
  renewing: string;
  /** What there is of a container that failed. */
  failedPartly: string;
}

/** Their English. */
export const playerEnglish: PlayerMessages = {
  video: 'Video',
  image: 'Image',
  slideshow: 'Slideshow',
  play: (title) => (title === null ? 'Play video' : `Play video: ${title}`),
  pause: (title) => (title === null ? 'Pause video' : `Pause video: ${title}`),
  duration: (milliseconds, locale) => clock(Math.round(milliseconds / 1000), locale),
  slidePosition: (position, count, locale) => `${whole(position, locale)} of ${whole(count, locale)}`,
  slideCount: (position, count, locale) => `${whole(position, locale)} / ${whole(count, locale)}`,
  videoFailed: 'This video could not be loaded.',
  videoUnsupported: "This browser can't show the picture of this video.",
  imageFailed: 'This image could not be loaded.',
  previewUnavailable: 'This preview could not be loaded.',
  noPreview: 'No preview yet',
  openFile: 'Open file',
  renewing: 'This link has expired. Loading a new one.',
  failedPartly: 'Could not be made',
};

/** What the player says, in English. */
export const playerWords: PlayerMessages & CommonMessages = { ...commonEnglish, ...playerEnglish };
