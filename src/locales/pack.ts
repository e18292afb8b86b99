import type { LayersMessages } from '../components/messages.js';
import { humanize } from '../internal/humanize.js';
import { clock, counted, date, number, timeAgo, whole } from '../internal/intl.js';
import type { ApprovalStatus, ContainerStatus } from '../model/status.js';
import { type MakingMessages, type MakingWords, makingMessages } from '../provider/makingMessages.js';
import type { AnnouncedCounts } from '../provider/announcerWords.js';

type Both<Word extends string> = Record<Word, string>;
type Short<Word extends string> = Partial<Record<Word, string>>;

/** What differs from language to language; {@link pack} adds what `Intl` and the shape of the tables give. */
export interface PackWords
  extends Omit<
    LayersMessages,
    | 'freshness'
    | 'stage'
    | 'percent'
    | 'stageState'
    | 'announcementSummary'
    | 'status'
    | 'statusShort'
    | 'approval'
    | 'approvalShort'
    | 'decidedElsewhere'
    | 'slideCount'
    | 'seekPosition'
    | 'speed'
    | 'speedShort'
    | 'duration'
    | 'timeAgo'
    | 'date'
    | 'postFormatName'
    | keyof MakingMessages
  > {
  /** By state, or by reason where that says more. */
  freshnessWords: Both<'stalled' | 'network' | 'deadline' | 'paused' | 'budget' | 'late'>;
  stageWords: Both<'queued' | 'generating_visuals' | 'finalizing' | 'analyzing_source' | 'writing_script' | 'adding_voice' | 'rendering'>;
  stageStates: Both<'done' | 'current' | 'upcoming'>;
  statuses: Both<ContainerStatus>;
  shortStatuses: Short<ContainerStatus>;
  approvals: Both<ApprovalStatus>;
  shortApprovals: Short<ApprovalStatus>;
  /** What somebody else decided. */
  elsewhere: Both<ApprovalStatus>;
  /** A place in a video, and its length; both are written out already. */
  seekOf: (position: string, length: string) => string;
  /** How fast a video plays, written out already ("1.5×"). */
  speedOf: (rate: string) => string;
  /** Starting and stopping a generation. */
  making: MakingWords;
  /** Formats by wire name. */
  formats: Both<'slideshow-builder' | 'ugc-remix' | 'video-remix' | 'slideshow-remix'>;
  /** So many that run or ended so: the number is written out already. */
  summary: { [Outcome in keyof AnnouncedCounts]: (count: number, written: string) => string };
}

/** Makes the words of a language into a whole catalogue. A stage that the language has no word for is read from its own name. */
export function pack({
  freshnessWords,
  stageWords,
  stageStates,
  statuses,
  shortStatuses,
  approvals,
  shortApprovals,
  elsewhere,
  summary,
  seekOf,
  speedOf,
  making,
  formats,
  ...words
}: PackWords): LayersMessages {
  const outcomes = Object.keys(summary) as (keyof AnnouncedCounts)[];
  const stages: Partial<Record<string, string>> = stageWords;
  const named: Partial<Record<string, string>> = formats;
  return {
    ...words,
    ...makingMessages(making),
    freshness: (state, reason) => {
      if (state === 'stalled') return freshnessWords.stalled;
      if (reason === 'network' || reason === 'deadline') return freshnessWords[reason];
      if (reason === 'hidden') return '';
      if (state === 'paused') return freshnessWords.paused;
      return state === 'slowed' && reason === 'budget' ? freshnessWords.budget : freshnessWords.late;
    },
    stage: (stage) => (Object.hasOwn(stages, stage) ? stages[stage] : undefined) ?? humanize(stage),
    percent: (percent, locale) => number(locale, { style: 'percent', maximumFractionDigits: 0 }).format(percent / 100),
    stageState: (state) => stageStates[state],
    announcementSummary: (counts, locale) =>
      counted(
        outcomes.map((outcome) => [counts[outcome], summary[outcome](counts[outcome], whole(counts[outcome], locale))] as const),
      ).join(words.separator),
    status: (status) => statuses[status],
    statusShort: (status) => shortStatuses[status] ?? statuses[status],
    approval: (status) => approvals[status],
    approvalShort: (status) => shortApprovals[status] ?? approvals[status],
    decidedElsewhere: (status) => elsewhere[status],
    slideCount: (position, count, locale) => `${whole(position, locale)} / ${whole(count, locale)}`,
    duration: time,
    seekPosition: (position, length, locale) => seekOf(time(position, locale), time(length, locale)),
    speed: (rate, locale) => speedOf(times(rate, locale)),
    speedShort: times,
    timeAgo,
    date,
    postFormatName: (format) => (Object.hasOwn(named, format) ? named[format] : undefined) ?? humanize(format),
  };
}

const time = (milliseconds: number, locale: string) => clock(Math.round(milliseconds / 1000), locale);

const times = (rate: number, locale: string) => `${number(locale, { maximumFractionDigits: 2 }).format(rate)}×`;
