import { whole } from '../internal/intl.js';
import type { FieldError, FieldProblem } from '../model/fieldErrors.js';
import type { GenerationProblem, GenerationProblemKind } from '../model/generationProblem.js';
import type { CancelAnswer } from '../queries/cancelJobOptions.js';

/** The words of starting and stopping a generation. */
export interface MakingMessages {
  /** Why something was not started, and what to do about it. */
  generationProblem: (problem: Pick<GenerationProblem, 'kind' | 'missingCredits' | 'retryAfterMs'>, locale: string) => string;
  /** What is wrong with a field; `limits` are the least and the most that it takes, where that is known. */
  fieldProblem: (problem: FieldProblem, limits: FieldError['limits'], locale: string) => string;
  /** The API answered with what an earlier request of the same intent began. */
  generationReplayed: string;
  /** What came of asking a job to stop; `failed`: no answer came, or none of these. */
  cancelAnswer: (answer: CancelAnswer['answer'] | 'failed') => string;
}

/** What differs from language to language; {@link makingMessages} adds what `Intl` gives. */
export interface MakingWords {
  problems: Record<GenerationProblemKind, string>;
  /** Credits that are lacking; the number is written out already. */
  missingCredits: (count: number, written: string) => string;
  /** A problem that ends by itself, and when to try again ("in 30 seconds"), written out already. */
  tryAgainIn: (problem: string, when: string) => string;
  fields: Record<FieldProblem, string>;
  tooLong: (most: string) => string;
  outOfRange: (least: string, most: string) => string;
  replayed: string;
  cancelAnswers: Record<CancelAnswer['answer'] | 'failed', string>;
}

/** Makes the words of a language into its part of the catalogue. */
/* @__NO_SIDE_EFFECTS__ */
export function makingMessages(words: MakingWords): MakingMessages {
  return {
    generationProblem: ({ kind, missingCredits, retryAfterMs }, locale) => {
      if (kind === 'credits' && missingCredits !== null) return words.missingCredits(missingCredits, whole(missingCredits, locale));
      // Only this one ends with time alone. The buckets are filled within a minute (rate-limits page).
      return kind === 'rate' ? words.tryAgainIn(words.problems.rate, inTime(retryAfterMs ?? 60_000, locale)) : words.problems[kind];
    },
    fieldProblem: (problem, limits, locale) => {
      if (limits === null) return words.fields[problem];
      if (problem === 'too_long') return words.tooLong(whole(limits.max, locale));
      return problem === 'out_of_range' ? words.outOfRange(whole(limits.min, locale), whole(limits.max, locale)) : words.fields[problem];
    },
    generationReplayed: words.replayed,
    cancelAnswer: (answer) => words.cancelAnswers[answer],
  };
}

/** A time from now, rounded up: who comes sooner is sent away again. */
function inTime(milliseconds: number, locale: string): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  const minutes = Math.ceil(seconds / 60);
  const format = new Intl.RelativeTimeFormat(locale);
  if (seconds < 60) return format.format(seconds, 'second');
  return minutes < 60 ? format.format(minutes, 'minute') : format.format(Math.ceil(minutes / 60), 'hour');
}

/** The English words of starting and stopping. */
export const makingEnglish: MakingMessages = /* @__PURE__ */ makingMessages({
  problems: {
    credits: 'There are not enough credits for this. Nothing was started.',
    concurrency: 'Too much is being made at once. Wait until something is ready, then try again.',
    rate: 'Too many requests came in a short time. Nothing was started.',
    fields: 'Nothing was started yet. Look at the marked fields.',
    invalid: 'This cannot be made as it is. Change something, then try again.',
    sent_before: 'This may have been started already. Look for it before you try again.',
    conflict: 'Something else is under way here, so nothing was started. Try again when that has ended.',
    forbidden: 'You may not start this. Ask whoever runs this page for access.',
    not_found: 'What this is for was not found. It may have been removed.',
    suspended: 'Making content is switched off for this account. Ask whoever runs this page.',
    unknown: 'No answer came, so it may have been started or not. Try again: it is not made twice.',
    refused: 'This was refused. Nothing was started.',
  },
  missingCredits: (count, written) => `${written} more ${count === 1 ? 'credit is' : 'credits are'} needed for this. Nothing was started.`,
  tryAgainIn: (problem, when) => `${problem} Try again ${when}.`,
  fields: {
    required: 'Fill this in.',
    one_of: 'Choose an account or an influencer.',
    too_long: 'This is too long.',
    out_of_range: 'This number cannot be used.',
    not_supported: 'This cannot be set here.',
    invalid: 'This cannot be used.',
    missing_app_demo: 'This project has no app demo. Choose one.',
    not_a_slideshow: 'This post is a video. Choose one with slides.',
  },
  tooLong: (most) => `Use at most ${most} characters.`,
  outOfRange: (least, most) => `Use a whole number from ${least} to ${most}.`,
  replayed: 'This was started before and goes on. Nothing was made twice.',
  cancelAnswers: {
    accepted: 'Stopping. This takes a moment.',
    ended: 'This had already ended.',
    unavailable: 'This cannot be stopped at this stage.',
    failed: 'This could not be stopped. Try again.',
  },
});
