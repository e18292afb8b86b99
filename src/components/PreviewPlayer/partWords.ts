import { clock, number, whole } from '../../internal/intl.js';
import { type PlayerMessages, playerWords } from './words.js';
import type { CommonMessages } from '../words.js';

/** The words of the parts of `PreviewPlayer` that are fetched when they are first shown, and with them: slides, controls, the large image. */
export interface PlayerPartMessages {
  /** What sort of thing a slideshow is; read out after its name. */
  carousel: string;
  /** What sort of thing a slide is; read out after its name. */
  slide: string;
  /** Name of the previous arrow. */
  previousSlide: string;
  /** Name of the next arrow. */
  nextSlide: string;
  /** Name of a dot. */
  showSlide: (position: number, count: number, locale: string) => string;
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
  /** Name of the switch that shows a large image in its own size. */
  actualSize: string;
  /** Name of the button that lets slides go by themselves. */
  startRotation: string;
  /** Name of the button that stops them. */
  stopRotation: string;
}

const time = (milliseconds: number, locale: string) => clock(Math.round(milliseconds / 1000), locale);

const times = (rate: number, locale: string) => `${number(locale, { maximumFractionDigits: 2 }).format(rate)}×`;

/** Their English. */
export const playerPartEnglish: PlayerPartMessages = {
  carousel: 'carousel',
  slide: 'slide',
  previousSlide: 'Previous slide',
  nextSlide: 'Next slide',
  showSlide: (position, count, locale) => `Show slide ${whole(position, locale)} of ${whole(count, locale)}`,
  mute: 'Mute',
  unmute: 'Unmute',
  seek: 'Position',
  seekPosition: (position, length, locale) => `${time(position, locale)} of ${time(length, locale)}`,
  speed: (rate, locale) => `Speed: ${times(rate, locale)}`,
  speedShort: times,
  fullscreen: 'Full screen',
  exitFullscreen: 'Leave full screen',
  zoom: 'Show large',
  actualSize: 'Full size',
  startRotation: 'Start slides',
  stopRotation: 'Stop slides',
};

/** What the parts say, in English. */
export const playerPartWords: PlayerPartMessages & PlayerMessages & CommonMessages = { ...playerWords, ...playerPartEnglish };
