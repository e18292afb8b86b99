import { SharedReads } from '../../client/sharedReads.js';
import { rateLimitInfo } from '../../client/transport.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import { keepNewest } from '../../internal/keepNewest.js';
import { errorFromResponse } from '../../model/errorBody.js';
import { mayRecover } from '../../model/errors.js';
import { isRecord, parseJson } from '../../model/plainJson.js';
import { Budget } from '../../schedule/budget.js';
import { pauseOf } from '../../schedule/cadence.js';
import { Queue } from '../../schedule/queue.js';
import { asRefusal } from '../refusal.js';
import type { Link } from '../store/link.js';
import { SharedSlots } from '../store/sharedSlots.js';
import { Answers, type KeptAnswer } from './answers.js';
import { type FreshRead, Freshness, OLD_MS } from './freshness.js';
import { SharedAnswers } from './sharedAnswers.js';
import { ViewerQueue } from './viewerQueue.js';
import { Waiting } from './waiting.js';

/** One read of one viewer. */
export interface ViewerRead extends FreshRead {
  /** From `/v1/` on, with its query; after the organisation where there is one (`readKey`). */
  path: string;
  viewer: string;
  /** Called with the response that is known. Returns how the plan of all viewers reads it: then it isn't read for this one; `null`: it doesn't. */
  follow?: ((kept: KeptAnswer) => PlannedRead | null) | undefined;
  signal: AbortSignal;
}

/** What the plan of all viewers reads. `failure`: the code with which that fails; `undefined`: it doesn't. */
export interface PlannedRead {
  failure: string | undefined;
}

/** A response for one viewer. `failure`: with which code a newer one failed, so that this is the last good one; `undefined`: it isn't. */
export type ViewerAnswer = KeptAnswer & Partial<PlannedRead>;

/** The budget and the queue of a {@link Reader} at a moment. */
export interface ReaderStatus {
  /** Reads in the last 60 s, and the most that are allowed. */
  spent: number;
  limit: number;
  /** On the clock of `monotonicNow`; in the past if nothing is paused. */
  pausedUntil: number;
  /** Reads that wait for the budget, or for earlier reads of the same viewer. */
  queued: number;
  /** Of the kept responses, one for each character. */
  keptBytes: number;
}

/** What a {@link Reader} needs. */
export interface ReaderHost {
  /** Sends one read to the API. Rejects where no response came; any status resolves. */
  send(path: string, signal: AbortSignal): Promise<Omit<KeptAnswer, 'askedAt'>>;
  /** Reads in any 60 s; `undefined`: four fifths of what the API says, 96 until then. */
  readsPerMinute: number | undefined;
  /** Called with the body of every good response. `isScheduled`: it was asked for by {@link Reader.scheduled}. */
  heard?: ((path: string, body: unknown, askedAt: number, isScheduled: boolean) => void) | undefined;
  /** The other processes of the key. */
  link: Link;
  /** In which `readsPerMinute` is counted, in milliseconds. @default 60050 */
  windowMs?: number | undefined;
}

/** How long a viewer waits for a new response where the last one is old, in milliseconds. */
const PATIENCE_MS = 2_000;
/** How long a failed read isn't repeated, in milliseconds, whoever asks. */
const AGAIN_MS = 2_000;
/** How many failures are remembered, and most characters of one. */
const FAILURES = { count: 1_000, length: 4_000 } as const;
/** Most characters of all kept responses together. */
const KEPT_LENGTH = 32_000_000;

/** Reads the API once for everybody: one budget, one read in flight for each path, and its last good response meanwhile. */
export class Reader {
  readonly #host: ReaderHost;
  readonly #answers = new Answers(KEPT_LENGTH);
  readonly #fresh = new Freshness((now) => this.#budget.spacing(now));
  readonly #shared = new SharedReads();
  /** Who waits for each read. */
  readonly #viewers = new Map<string, Set<string>>();
  /** Who waits for a first response. */
  readonly waiting = new Waiting();
  /** How often each path is being read from the API. */
  readonly #asking = new Map<string, number>();
  readonly #failed = new Map<string, { until: number; code: string; outcome: () => Promise<KeptAnswer> }>();
  readonly #slots: SharedSlots;
  readonly #budget: Budget;
  readonly #elsewhere: SharedAnswers;
  readonly #queue: Queue;
  readonly #viewerQueue: ViewerQueue;

  constructor(host: ReaderHost) {
    this.#host = host;
    const { link, readsPerMinute, windowMs } = host;
    this.#budget = new Budget({ limit: readsPerMinute ?? 96, windowMs });
    if (readsPerMinute !== undefined) this.#budget.limitTo(readsPerMinute);
    this.#slots = new SharedSlots({ link, name: 'read', budget: this.#budget, changed: () => this.#queue.pump() });
    this.#queue = new Queue(this.#slots);
    this.#viewerQueue = new ViewerQueue(this.#queue, this.#budget, this);
    this.#elsewhere = new SharedAnswers(link);
    link.listen({
      message: (kind, body) => {
        if (kind === 'wrote' && isRecord(body)) this.#wrote(typeof body['id'] === 'string' ? body['id'] : undefined);
      },
    });
  }

  /**
   * Returns the last good response while it is current, else a new one. If a new one takes too long or fails, the last good one is returned, with its age.
   *
   * @throws whatever the host's `send` throws, where there is nothing else to give
   */
  async read(read: ViewerRead): Promise<ViewerAnswer> {
    this.#fresh.ask(read, read.viewer);
    let kept = this.#answers.get(read.path);
    if (kept !== undefined) {
      const plan = read.follow?.(kept) ?? null;
      const isPlanned = plan !== null && !read.isNew;
      if (isPlanned) kept = await this.#newest(read, kept);
      if (this.isCurrent(kept, read)) return kept;
      if (isPlanned && !this.#fresh.isOutdated(kept, read)) return { ...kept, ...plan };
    }
    const next = this.#next(read, kept);
    if (kept === undefined) return next;
    const last = () => ({ ...kept, failure: this.#failed.get(read.path)?.code ?? (this.#isLate(kept) ? 'RATE_LIMITED' : undefined) });
    const better = next.then((answer) => (mayRecover(answer.status) ? last() : answer), last);
    return this.#fresh.isOld(kept, read) ? Promise.race([better, later(PATIENCE_MS).then(last)]) : last();
  }

  /** Budget and queue of the key's reads. */
  get line(): { budget: Budget; queue: Queue } {
    return { budget: this.#budget, queue: this.#queue };
  }

  /** Reads a path whose turn it is, or joins the read of it that is in flight. */
  scheduled(path: string, signal: AbortSignal | undefined): Promise<KeptAnswer> {
    // It doesn't wait with a read that has no turn yet.
    return this.#shared.join(this.isAsking(path) ? path : `scheduled ${path}`, signal, (stop) => this.#ask(path, stop, true));
  }

  /** Whether a good response to a path is known, however old. */
  hasAnswer(path: string): boolean {
    return this.#answers.get(path) !== undefined;
  }

  /** Whether a path is being read from the API at the moment. */
  isAsking(path: string): boolean {
    return (this.#asking.get(path) ?? 0) > 0;
  }

  /** Something was written: responses that were requested before are no longer current. */
  wrote(containerId: string | undefined): void {
    this.#wrote(containerId);
    this.#host.link.say('wrote', { id: containerId });
  }

  #wrote(containerId: string | undefined): void {
    this.#shared.seal();
    // A read of this very millisecond may have been before it.
    this.#fresh.changes.wrote(containerId, monotonicNow() + 1);
  }

  /** What an operator sees of it. */
  status(): ReaderStatus {
    const now = monotonicNow();
    return {
      spent: this.#budget.spent(now),
      limit: this.#budget.limit(now),
      pausedUntil: this.#budget.pausedUntil,
      queued: this.#queue.length + this.#viewerQueue.length,
      keptBytes: this.#answers.length,
    };
  }

  /** Whether a response is old because the API has asked for a pause of all reads: a newer one can't be sent for, so that has failed, too. */
  #isLate({ askedAt }: KeptAnswer): boolean {
    const now = monotonicNow();
    return this.#budget.pausedUntil > now && now - askedAt > OLD_MS;
  }

  /** Ends all reads, in flight and waiting. */
  close(reason: unknown): void {
    this.#shared.close(reason);
    this.#queue.close(this);
  }

  /** Whether a response is recent enough to be served without a new read. */
  isCurrent(kept: KeptAnswer, read: FreshRead): boolean {
    return this.#fresh.isCurrent(kept, read);
  }

  /** The latest response that any process has read of what the plan of all reads. */
  async #newest(read: ViewerRead, kept: KeptAnswer): Promise<KeptAnswer> {
    const found = this.#host.link.isShared && !this.isCurrent(kept, read) ? await this.#elsewhere.get(read.path) : null;
    return found !== null && found.askedAt > kept.askedAt ? this.#keep(read.path, found, false) : kept;
  }

  /** Reads a path, once for all viewers who are waiting for it. A read that only replaces a kept response continues if the viewer leaves. */
  #next(read: ViewerRead, kept: KeptAnswer | undefined): Promise<KeptAnswer> {
    const { path, isNew, viewer, signal } = read;
    const priority = this.#fresh.priority(read, kept);
    const failed = this.#failed.get(path);
    if (failed !== undefined && failed.until > monotonicNow()) return failed.outcome();
    const key = `${isNew ? 'new ' : ''}${path}`;
    this.#viewers.get(key)?.add(viewer);
    return this.#shared.join(key, kept === undefined ? signal : undefined, async (stop) => {
      const viewers = new Set([viewer]);
      this.#viewers.set(key, viewers);
      const turn = (leave: AbortSignal) => this.#viewerQueue.take(priority, viewers, leave);
      try {
        const found = await this.#elsewhere.orTurn(path, (answer) => this.isCurrent(answer, read), turn, stop);
        return found === null ? await this.#ask(path, stop) : this.#keep(path, found, false);
      } finally {
        if (this.#viewers.get(key) === viewers) this.#viewers.delete(key);
      }
    });
  }

  async #ask(path: string, stop: AbortSignal, isScheduled = false): Promise<KeptAnswer> {
    const askedAt = monotonicNow();
    this.#asking.set(path, (this.#asking.get(path) ?? 0) + 1);
    try {
      const answer: KeptAnswer = { ...(await this.#host.send(path, stop)), askedAt };
      this.#slots.hear(rateLimitInfo(answer));
      if (answer.status === 200) {
        this.#keep(path, answer, isScheduled);
        this.#elsewhere.put(path, answer);
      } else this.#refuse(path, answer);
      return answer;
    } catch (error) {
      // Canceled, or closed: that is told, not that the request ended early.
      if (stop.aborted) throw stop.reason;
      this.#noteFailure(path, { pauseMs: AGAIN_MS, code: asRefusal(error).code, outcome: () => Promise.reject(error) });
      throw error;
    } finally {
      const others = (this.#asking.get(path) ?? 1) - 1;
      if (others > 0) this.#asking.set(path, others);
      else this.#asking.delete(path);
    }
  }

  #keep(path: string, answer: KeptAnswer, isScheduled: boolean): KeptAnswer {
    this.#failed.delete(path);
    this.#answers.put(path, answer);
    const body = parseJson(answer.text);
    this.#fresh.changes.read(body, answer.askedAt);
    this.#host.heard?.(path, body, answer.askedAt, isScheduled);
    return answer;
  }

  #refuse(path: string, answer: KeptAnswer): void {
    const { status } = answer;
    const pause = pauseOf(rateLimitInfo(answer).retryAfterMs ?? 0);
    const { code } = errorFromResponse({ status, body: parseJson(answer.text), requestId: null, retryAfterMs: null });
    if (answer.text.length <= FAILURES.length)
      this.#noteFailure(path, { pauseMs: Math.max(AGAIN_MS, pause), code, outcome: () => Promise.resolve(answer) });
    // Refused or gone: what was kept is no longer anybody's to see.
    if (!mayRecover(status)) this.#answers.drop(path);
  }

  #noteFailure(path: string, { pauseMs, ...failure }: { pauseMs: number; code: string; outcome: () => Promise<KeptAnswer> }): void {
    keepNewest(this.#failed, path, { until: monotonicNow() + pauseMs, ...failure }, FAILURES.count);
  }
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
