import { counted, whole } from '../internal/intl.js';
import { type StatusMessages, statusEnglish } from './statusWords.js';

/** The words with which the live region tells of a container. */
export interface AnnouncerMessages {
  /** What a voice is told of one of several: its name, and what is new. */
  announcement: (name: string, news: string) => string;
  /** What a voice is told where more run than it can be told of one by one. Counts of what runs, and of what has ended since the last time. */
  announcementSummary: (counts: AnnouncedCounts, locale: string) => string;
}

/** How many containers run, and how many have ended since a voice was last told. */
export interface AnnouncedCounts {
  running: number;
  completed: number;
  failed: number;
  canceled: number;
}

/** Their English. */
export const announcerEnglish: AnnouncerMessages = {
  announcement: (name, news) => `${name}: ${news}`,
  announcementSummary: ({ running, completed, failed, canceled }, locale) =>
    counted([
      [running, `${whole(running, locale)} being made`],
      [completed, `${whole(completed, locale)} ready`],
      [failed, `${whole(failed, locale)} could not be made`],
      [canceled, `${whole(canceled, locale)} stopped`],
    ]).join(', '),
};

/** What the live region says by itself, in English. */
export const announcerWords: AnnouncerMessages & StatusMessages = { ...statusEnglish, ...announcerEnglish };
