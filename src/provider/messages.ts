import type { FreshnessReason, FreshnessState } from '../client/reads/freshness.js';
import { clock, date, number, timeAgo, unit, whole } from '../internal/intl.js';
import type { ApprovalStatus, ContainerStatus } from '../model/status.js';

/**
 * Every word this library shows or says. Give `LayersProvider` the ones to replace; the rest stay English.
 * Functions get the provider's `locale`, so that one pack can leave numbers, durations and plurals to `Intl`.
 */
export interface LayersMessages {
  /** Accessible name of a progress bar. */
  progressLabel: string;
  /** Before the first reading has come. */
  progressLoading: string;
  /** In place of the remaining time, when the last readings failed. */
  progressLate: string;
  /** In place of the remaining time, when what is shown is older than it should be: in a word or two, why. */
  freshness: (state: FreshnessState, reason: FreshnessReason) => string;
  /** When no reading has ever come. */
  progressUnavailable: string;
  /** In flight, where the server names no stage. */
  working: string;
  /** A stage by its wire name (`generating_visuals`); the set is open. */
  stage: (stage: string) => string;
  /** A share in whole percent, 0 to 100. */
  percent: (percent: number, locale: string) => string;
  /** The time left; `long` is for a voice. */
  remaining: (seconds: number, locale: string, length: 'short' | 'long') => string;
  /** Where a container is in its life. */
  status: (status: ContainerStatus) => string;
  /** The same in the width of a card's badge. */
  statusShort: (status: ContainerStatus) => string;
  /** Where a container is in review. */
  approval: (status: ApprovalStatus) => string;
  /** The same in the width of a card's badge. */
  approvalShort: (status: ApprovalStatus) => string;
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
  /** Title of a container without a hook and a caption. */
  untitled: string;
  /** A card's container has not come yet. */
  cardLoading: string;
  /** A card's container could not be read. */
  cardUnavailable: string;
  /** A moment as time passed, from milliseconds since 1970. */
  timeAgo: (time: number, now: number, locale: string) => string;
  /** A moment as a date in UTC, the same on a server and in every browser. */
  date: (time: number, locale: string) => string;
}

const stages: Record<string, string> = {
  queued: 'Waiting to start',
  generating_visuals: 'Generating visuals',
  finalizing: 'Finishing touches',
};

const statuses: Record<ContainerStatus, string> = {
  queued: 'Waiting to start',
  processing: 'Being made',
  completed: 'Ready',
  failed: 'Could not be made',
  canceled: 'Stopped',
  unknown: 'Status unknown',
};

const approvals: Record<ApprovalStatus, string> = {
  not_required: 'No approval needed',
  pending: 'Waiting for your approval',
  approved: 'Approved',
  rejected: 'Rejected',
  unknown: 'Review unknown',
};

const shortStatuses: Partial<Record<ContainerStatus, string>> = {
  queued: 'Waiting',
  processing: 'Making',
  failed: 'Not made',
  unknown: 'Unknown',
};

const shortApprovals: Partial<Record<ApprovalStatus, string>> = { pending: 'To approve', not_required: 'No approval', unknown: 'Unknown' };

/** The English words. */
export const englishMessages: LayersMessages = {
  progressLabel: 'Progress',
  progressLoading: 'Checking progress',
  progressLate: 'updates are late',
  freshness: (state, reason) => {
    if (state === 'stalled') return 'taking longer than usual';
    if (reason === 'network') return 'no connection';
    if (reason === 'deadline') return 'still running';
    if (reason === 'hidden') return '';
    return state === 'paused'
      ? 'updates are paused'
      : state === 'slowed' && reason === 'budget'
        ? 'updates are slower'
        : 'updates are late';
  },
  progressUnavailable: 'Progress is not available',
  working: 'Working on it',
  stage: (stage) => (Object.hasOwn(stages, stage) ? stages[stage] : undefined) ?? humanize(stage),
  percent: (percent, locale) => number(locale, { style: 'percent', maximumFractionDigits: 0 }).format(percent / 100),
  remaining: (seconds, locale, length) => {
    if (seconds < 10) return 'a few seconds';
    if (seconds < 50) return `under ${unit(locale, 'minute', length).format(1)}`;
    const minutes = Math.round(seconds / 60);
    if (minutes < 60) return `about ${unit(locale, 'minute', length).format(minutes)}`;
    return `about ${unit(locale, 'hour', length).format(Math.round(minutes / 60))}`;
  },
  status: (status) => statuses[status],
  statusShort: (status) => shortStatuses[status] ?? statuses[status],
  approval: (status) => approvals[status],
  approvalShort: (status) => shortApprovals[status] ?? approvals[status],
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
  duration: (milliseconds, locale) => clock(Math.round(milliseconds / 1000), locale),
  videoFailed: 'This video could not be loaded.',
  imageFailed: 'This image could not be loaded.',
  previewUnavailable: 'This preview could not be loaded.',
  noPreview: 'No preview yet',
  noMedia: 'No preview',
  openFile: 'Open file',
  untitled: 'Untitled',
  cardLoading: 'Loading',
  cardUnavailable: 'This could not be loaded.',
  timeAgo,
  date,
};

function humanize(stage: string): string {
  const words = stage.replace(/[\s_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
