import type { QueryClient } from '@tanstack/react-query';
import type { ApprovalResult } from '../model/approval.js';
import { isLayersError, LayersError } from '../model/errors.js';
import { containerKey } from '../model/ids.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { LayersClient } from '../schedule/createLayersClient.js';
import { decide } from './decide.js';

/** How one container of a bulk approval stands. */
export interface BulkApprovalRow {
  /** As it was given. */
  containerId: string;
  /**
   * `waiting` - its turn has not come, or the bulk was stopped before it; `deciding` - on its way; `approved` - approved, also where somebody else was
   * faster with the same; `failed` - see `error`.
   */
  state: 'waiting' | 'deciding' | 'approved' | 'failed';
  /** The API's answer; `null` before it, and where somebody else approved it. */
  result: ApprovalResult | null;
  /** Why it failed; `CONFLICT` where somebody rejected it or it is not completed. `null` where it did not. */
  error: LayersError | null;
}

/** How far a bulk approval is. */
export interface BulkApprovalProgress {
  /** `paused`: the write budget is spent or the server asked for a pause; it goes on by itself at `resumesAt`. */
  state: 'idle' | 'running' | 'paused' | 'stopped' | 'finished';
  /** Rows that came out one way or the other. */
  done: number;
  total: number;
  /** The rows that failed, in order. */
  failed: readonly BulkApprovalRow[];
  /** Every row, in the order given, each container once. */
  rows: readonly BulkApprovalRow[];
  /** Milliseconds since 1970; `null` unless `paused`. */
  resumesAt: number | null;
}

/** How many are on their way at once: the others wait for an answer, so that a key that may not approve is found out before all have left. */
const AT_ONCE = 4;

/** Errors that every other row would meet as well. */
const FATAL = ['FORBIDDEN_SCOPE', 'UNAUTHENTICATED', 'KILL_SWITCH', 'INVALID_INPUT'];

const IDLE: BulkApprovalProgress = { state: 'idle', done: 0, total: 0, failed: [], rows: [], resumesAt: null };

/** Approves many containers, one after the other, as fast as the client's write budget lets them leave. A store: React reads {@link progress}. */
export class BulkApproval {
  readonly #client: LayersClient;
  readonly #queryClient: QueryClient;
  readonly #rows = new Map<string, BulkApprovalRow>();
  readonly #listeners = new Set<() => void>();
  #queue: string[] = [];
  readonly #notes = new Map<string, string | undefined>();
  #run: { ended: Promise<BulkApprovalProgress>; stop: AbortController } | null = null;
  #progress = IDLE;

  constructor(client: LayersClient, queryClient: QueryClient) {
    this.#client = client;
    this.#queryClient = queryClient;
  }

  /** How far it is; the same object until something changes. */
  readonly progress = (): BulkApprovalProgress => this.#progress;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Approves these, or adds them to those under way. Resolves, and never rejects, when none is left. */
  readonly approve = (containerIds: readonly string[], { note }: { note?: string | undefined } = {}): Promise<BulkApprovalProgress> => {
    if (this.#run === null) this.#rows.clear();
    if (this.#run === null) this.#notes.clear();
    // What was left when it was stopped is taken up again by `retry` only.
    const left = this.#run === null || this.#run.stop.signal.aborted ? this.#queue.splice(0) : [];
    for (const key of left) this.#rows.delete(key);
    for (const containerId of containerIds) {
      const key = containerKey(containerId);
      if (this.#rows.has(key)) continue;
      this.#rows.set(key, { containerId, state: 'waiting', result: null, error: null });
      this.#notes.set(key, note);
      this.#queue.push(key);
    }
    return this.#start();
  };

  /** Approves those that failed and may not fail again, and those that were left when it was stopped. */
  readonly retry = (): Promise<BulkApprovalProgress> => {
    for (const [key, { state, error }] of this.#rows) {
      if (state !== 'failed' || error?.code === 'CONFLICT') continue;
      this.#change(key, { state: 'waiting', error: null });
      this.#queue.push(key);
    }
    return this.#start();
  };

  /** Lets no other leave. What is on its way comes out as it comes out. */
  readonly stop = (): void => this.#run?.stop.abort();

  #start(): Promise<BulkApprovalProgress> {
    const last = this.#run;
    if (last !== null && !last.stop.signal.aborted) {
      this.#tell();
      return last.ended;
    }
    const stop = new AbortController();
    // What is on its way of one that was stopped comes out first. Whoever starts it has to be able to see it run.
    const ended = Promise.resolve(last?.ended).then(() => this.#work(stop.signal));
    this.#run = { stop, ended };
    this.#tell();
    return ended;
  }

  async #work(signal: AbortSignal): Promise<BulkApprovalProgress> {
    const underWay = new Set<Promise<void>>();
    while (!signal.aborted && (this.#queue.length > 0 || underWay.size > 0)) {
      if (this.#queue.length === 0 || underWay.size >= AT_ONCE) {
        await Promise.race(underWay);
        continue;
      }
      if (this.#nextTurnAt() !== null) this.#tell();
      const hasTurn = await this.#turn(signal);
      const key = hasTurn ? this.#queue.shift() : undefined;
      if (key === undefined) continue;
      const row = this.#approveRow(key).finally(() => underWay.delete(row));
      underWay.add(row);
    }
    await Promise.all(underWay);
    if (this.#run?.stop.signal !== signal) return this.#progress;
    this.#run = null;
    this.#tell(signal.aborted && this.#queue.length > 0 ? 'stopped' : 'finished');
    return this.#progress;
  }

  /** Waits until one of many may begin, of which nobody waits for this one in particular: the write itself is counted when it leaves. */
  #turn(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve(false);
      const leave = this.#client.lines['write-light'].queue.reserve(
        () => 'rest',
        () => {
          resolve(true);
          return false;
        },
      );
      signal.addEventListener('abort', () => {
        leave();
        resolve(false);
      });
    });
  }

  /** When the next may begin, on the clock of `monotonicNow`; `null`: at once. */
  #nextTurnAt(): number | null {
    const now = monotonicNow();
    const at = this.#client.lines['write-light'].budget.nextAt('rest', now);
    return at > now ? at : null;
  }

  async #approveRow(key: string): Promise<void> {
    const containerId = this.#rows.get(key)?.containerId ?? key;
    this.#change(key, { state: 'deciding' });
    try {
      const input = { decision: 'approve', note: this.#notes.get(key) } as const;
      const result = await decide(this.#client, this.#queryClient, containerId, input);
      this.#change(key, { state: 'approved', result });
    } catch (reason) {
      this.#fail(key, isLayersError(reason) ? reason : unexpected(reason));
    }
  }

  #fail(key: string, error: LayersError): void {
    if (error.status === 429) {
      // It has not been looked at: its turn comes again, first, when the server's pause is over.
      this.#queue.unshift(key);
      return this.#change(key, { state: 'waiting' });
    }
    if (error.code === 'CONFLICT' && error.details?.['approvalStatus'] === 'approved') return this.#change(key, { state: 'approved' });
    this.#change(key, { state: 'failed', error });
    if (!FATAL.includes(error.code)) return;
    for (const other of this.#queue.splice(0)) this.#change(other, { state: 'failed', error });
  }

  #change(key: string, part: Partial<BulkApprovalRow>): void {
    const row = this.#rows.get(key);
    if (row === undefined) return;
    this.#rows.set(key, { ...row, ...part });
    this.#tell();
  }

  #tell(ended?: 'stopped' | 'finished'): void {
    const rows = [...this.#rows.values()];
    const resumesAt = ended !== undefined || this.#queue.length === 0 ? null : this.#nextTurnAt();
    this.#progress = {
      state: ended ?? (resumesAt === null ? 'running' : 'paused'),
      done: rows.filter(({ state }) => state === 'approved' || state === 'failed').length,
      total: rows.length,
      failed: rows.filter(({ state }) => state === 'failed'),
      rows,
      resumesAt,
    };
    for (const listener of this.#listeners) listener();
  }
}

function unexpected(cause: unknown): LayersError {
  return new LayersError({
    code: 'INVALID_RESPONSE',
    message: 'This could not be approved for a reason that is not known. Try again.',
    cause,
  });
}
