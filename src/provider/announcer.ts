import type { AnnouncedCounts, AnnouncerMessages } from './announcerWords.js';

/** At most one message in so many milliseconds: a voice that is interrupted says nothing. */
export const ANNOUNCE_EVERY_MS = 10_000;
/** What comes together is said together: bars that are drawn at once, or that end with one reading. */
const GATHER_MS = 500;
/** What answers a person is said sooner, and before what is new of the bars. */
const ANSWER_MS = 100;
/** More containers than this are told of in one summary. */
const TOLD_ONE_BY_ONE = 3;
const JOBS_REMEMBERED = 1_000;

/** What a bar tells of its container whenever it is drawn. */
export interface JobReport {
  id: string;
  /** Another word for each life of the container. */
  life: string;
  /** What the container is called. */
  name: string;
  outcome: keyof AnnouncedCounts;
  /** The stage on the wire; `null` where there is none. */
  stage: string | null;
  /** Whole-job share, 0 to 100; `null`: not known. */
  percent: number | null;
  /** Stage, share and time, or how it ended. */
  words: string;
}

interface Job extends JobReport {
  quarter: number;
  /** What has not been said yet. */
  news: 'start' | 'step' | 'end' | null;
}

/**
 * Decides what a page's one voice says of all its bars, and when: that a container was seen to start, enters a stage, passes a quarter, or ends. One
 * that had ended before it was first seen is no news. It has no timer and reads no clock.
 */
export class Announcer {
  readonly #jobs = new Map<string, Job>();
  /** How many bars show a container. */
  readonly #shown = new Map<string, number>();
  #spokeAt = Number.NEGATIVE_INFINITY;
  #newsSince: number | null = null;
  readonly #answers = new Map<string, string>();
  #answersSince: number | null = null;

  /** A bar shows a container. Returns what tells that it does no more. */
  show(id: string): () => void {
    this.#shown.set(id, (this.#shown.get(id) ?? 0) + 1);
    return () => {
      const left = (this.#shown.get(id) ?? 1) - 1;
      if (left > 0) this.#shown.set(id, left);
      else this.#shown.delete(id);
    };
  }

  /** Takes in how a container is now. `now`: milliseconds on any clock that does not run backwards. */
  tell(report: JobReport, now: number): void {
    const before = this.#jobs.get(report.id);
    // What was over and is at work lives again, however that is counted.
    const isSameLife = before?.life === report.life && (before.outcome === 'running' || report.outcome !== 'running');
    const quarter = report.percent === null ? 0 : Math.floor(report.percent / 25);
    const news = isSameLife ? newsBetween(before, report, quarter) : report.outcome === 'running' ? 'start' : null;
    const kept = isSameLife ? before.news : null;
    this.#jobs.delete(report.id);
    this.#jobs.set(report.id, {
      ...report,
      quarter: Math.max(quarter, isSameLife ? before.quarter : 0),
      news: news === 'step' && kept === 'start' ? kept : (news ?? kept),
    });
    if (this.#jobs.size > JOBS_REMEMBERED) this.#jobs.delete(this.#jobs.keys().next().value as string);
    if (news !== null) this.#newsSince ??= now;
  }

  /** Takes in what a person did and how it came out, in words. @param about of one thing only the newest is said. @default words */
  say(words: string, now: number, about = words): void {
    if (about !== words) this.#answers.delete(about);
    this.#answers.set(about, words);
    this.#answersSince ??= now;
  }

  /** When there will be something to say; `null`: there is no news. */
  dueAt(): number | null {
    const news = this.#newsSince === null ? null : Math.max(this.#newsSince + GATHER_MS, this.#spokeAt + ANNOUNCE_EVERY_MS);
    const answers = this.#answersSince === null ? null : Math.max(this.#answersSince + ANSWER_MS, this.#spokeAt + ANNOUNCE_EVERY_MS);
    return news === null || answers === null ? (news ?? answers) : Math.min(news, answers);
  }

  /** What to say now; `null`: nothing. */
  take(now: number, { messages, locale }: { messages: AnnouncerMessages; locale: string }): string | null {
    const due = this.dueAt();
    if (due === null || now < due) return null;
    if (this.#answers.size > 0) {
      const words = [...this.#answers.values()].join(' ');
      this.#answers.clear();
      this.#answersSince = null;
      this.#spokeAt = now;
      return words;
    }
    this.#newsSince = null;
    const jobs = [...this.#jobs.values()];
    const running = jobs.filter(({ id, outcome }) => this.#shown.has(id) && outcome === 'running').length;
    const news = jobs.filter((job) => job.news === 'end' || (job.news !== null && this.#shown.has(job.id)));
    const ended = news.filter((job) => job.news === 'end');
    const isCrowd = running + ended.length > TOLD_ONE_BY_ONE;
    const told = isCrowd ? news.filter((job) => job.news !== 'step') : news;
    for (const job of jobs) job.news = null;
    if (told.length === 0) return null;
    this.#spokeAt = now;
    if (!isCrowd) return told.map(({ name, words }) => messages.announcement(name, words)).join('. ');
    const counts: AnnouncedCounts = { running, completed: 0, failed: 0, canceled: 0 };
    for (const { outcome } of ended) counts[outcome] += 1;
    return messages.announcementSummary(counts, locale);
  }
}

function newsBetween(before: Job, report: JobReport, quarter: number): Job['news'] {
  if (report.outcome !== 'running') return before.outcome === 'running' ? 'end' : null;
  const isNewStage = report.stage !== null && report.stage !== before.stage;
  return isNewStage || quarter > before.quarter ? 'step' : null;
}
