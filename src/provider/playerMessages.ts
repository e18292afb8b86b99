import { clock, number, whole } from '../internal/intl.js';

/** The words of `PreviewPlayer` and of what it is made of: apart from the rest, so that a page with only the player carries no others. */
export interface PlayerMessages {
  /** Opens what only a support team needs. */
  details: string;
  /** Name of an error's code under Details. */
  detailCode: string;
  /** Name of a request's id under Details. */
  detailRequest: string;
  /** Name of a container's id under Details. */
  detailContainer: string;
  /** Asks for the same again. */
  tryAgain: string;
  /** Accessible name of a video without another. */
  video: string;
  /** Accessible name of an image without another. */
  image: string;
  /** Accessible name of a slideshow without another. */
  slideshow: string;
  /** What sort of thing a slideshow is; read out after its name. */
  carousel: string;
  /** What sort of thing a slide is; read out after its name. */
  slide: string;
  /** Name of the play button; `title` is the video's name where it has one. */
  play: (title: string | null) => string;
  /** Name of the pause button. */
  pause: (title: string | null) => string;
  /** Name of the previous arrow. */
  previousSlide: string;
  /** Name of the next arrow. */
  nextSlide: string;
  /** Name of a dot. */
  showSlide: (position: number, count: number, locale: string) => string;
  /** Name of a slide. */
  slidePosition: (position: number, count: number, locale: string) => string;
  /** What the pill in a slideshow's corner shows. */
  slideCount: (position: number, count: number, locale: string) => string;
  /** A length as the pill in a video's corner shows it. */
  duration: (milliseconds: number, locale: string) => string;
  /** A video did not load or cannot be played. */
  videoFailed: string;
  /** An image did not load. */
  imageFailed: string;
  /** A container could not be read, so there is nothing to show. */
  previewUnavailable: string;
  /** There is no media yet. */
  noPreview: string;
  /** There is no media and there will be none. */
  noMedia: string;
  /** Link to a preview of a kind that cannot be shown in place. */
  openFile: string;
  /** Name of the button that turns the sound off. */
  mute: string;
  /** Name of the button that turns the sound on. */
  unmute: string;
  /** Name of the slider that moves through a video. */
  seek: string;
  /** Where a video is, for a voice; milliseconds. */
  seekPosition: (position: number, length: number, locale: string) => string;
  /** Name of the button that changes how fast a video plays; `rate` is 1 at its own speed. */
  speed: (rate: number, locale: string) => string;
  /** The same as the button shows it. */
  speedShort: (rate: number, locale: string) => string;
  /** Name of the button that fills the screen. */
  fullscreen: string;
  /** Name of the button that leaves the full screen. */
  exitFullscreen: string;
  /** Name of the button that shows an image large. */
  zoom: string;
  /** Name of the button that closes the large image. */
  close: string;
  /** Name of the button that lets slides go by themselves. */
  startRotation: string;
  /** Name of the button that stops them. */
  stopRotation: string;
  /** The address of media has run out, and a new one is being read. */
  renewing: string;
  /** What there is of a container that failed. */
  failedPartly: string;
}

const time = (milliseconds: number, locale: string) => clock(Math.round(milliseconds / 1000), locale);

const times = (rate: number, locale: string) => `${number(locale, { maximumFractionDigits: 2 }).format(rate)}×`;

/** The player's English words. */
export const playerEnglish: PlayerMessages = {
  details: 'Details',
  detailCode: 'Code',
  detailRequest: 'Request',
  detailContainer: 'Content',
  tryAgain: 'Try again',
  video: 'Video',
  image: 'Image',
  slideshow: 'Slideshow',
  carousel: 'carousel',
  slide: 'slide',
  play: (title) => (title === null ? 'Play video' : `Play video: ${title}`),
  pause: (title) => (title === null ? 'Pause video' : `Pause video: ${title}`),
  previousSlide: 'Previous slide',
  nextSlide: 'Next slide',
  showSlide: (position, count, locale) => `Show slide ${whole(position, locale)} of ${whole(count, locale)}`,
  slidePosition: (position, count, locale) => `${whole(position, locale)} of ${whole(count, locale)}`,
  slideCount: (position, count, locale) => `${whole(position, locale)} / ${whole(count, locale)}`,
  duration: time,
  videoFailed: 'This video could not be loaded.',
  imageFailed: 'This image could not be loaded.',
  previewUnavailable: 'This preview could not be loaded.',
  noPreview: 'No preview yet',
  noMedia: 'No preview',
  openFile: 'Open file',
  mute: 'Mute',
  unmute: 'Unmute',
  seek: 'Position',
  seekPosition: (position, length, locale) => `${time(position, locale)} of ${time(length, locale)}`,
  speed: (rate, locale) => `Speed: ${times(rate, locale)}`,
  speedShort: times,
  fullscreen: 'Full screen',
  exitFullscreen: 'Leave full screen',
  zoom: 'Show large',
  close: 'Close',
  startRotation: 'Start slides',
  stopRotation: 'Stop slides',
  renewing: 'This link has expired. Loading a new one.',
  failedPartly: 'Could not be made',
};
