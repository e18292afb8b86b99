import { date, timeAgo } from '../../internal/intl.js';
import { type StatusMessages, statusEnglish } from '../../provider/statusWords.js';
import { type CommonMessages, commonEnglish } from '../words.js';

/** The words of `ContainerCard`. */
export interface CardMessages {
  /** A card's container has not come yet. */
  cardLoading: string;
  /** A card's container could not be read. */
  cardUnavailable: string;
  /** A moment as time passed, from milliseconds since 1970. */
  timeAgo: (time: number, now: number, locale: string) => string;
  /** A moment as a date in UTC, the same on a server and in every browser. */
  date: (time: number, locale: string) => string;
}

/** Their English. */
export const cardEnglish: CardMessages = {
  cardLoading: 'Loading',
  cardUnavailable: 'This could not be loaded.',
  timeAgo,
  date,
};

/** What a card says, in English. */
export const cardWords: CardMessages & StatusMessages & CommonMessages = { ...commonEnglish, ...statusEnglish, ...cardEnglish };
