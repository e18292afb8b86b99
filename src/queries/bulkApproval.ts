import type { QueryClient } from '@tanstack/react-query';
import type { ApprovalResult } from '../model/approval.js';
import { isLayersError, LayersError } from '../model/errors.js';
import { containerKey } from '../model/ids.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import { decide } from './decide.js';

/** The state of one container in a bulk approval. */
export interface BulkApprovalRow {
  /** As it was given. */
  containerId: string;
  /**
   * `waiting` - not sent yet, or stopped before; `deciding` - in flight; `approved` - approved, here or by someone else; `failed` - see `error`.
   */
  state: 'waiting' | 'deciding' | 'approved' | 'failed';
  /** The API's response; `null` before it arrives, and if someone else approved the container. */
  result: ApprovalResult | null;
  /** The error; `CONFLICT` if someone rejected it or it isn't completed. `null` unless `failed`. */
  error: LayersError | null;
}

/** Progress of a bulk approval. */
export interface BulkApprovalProgress {
  /** `paused`: the write budget is spent or the server requested a pause; resumes at `resumesAt`. */
  state: 'idle' | 'running' | 'paused' | 'stopped' | 'finished';
  /** Number of rows approved or failed. */
  done: number;
  total: number;
  /** The failed rows, in order. */
  failed: readonly BulkApprovalRow[];
  /** Every row in the order given, each container once. */
  rows: readonly BulkApprovalRow[];
  /** Milliseconds since 1970; `null` unless `paused`. */
  resumesAt: number | null;
}

/** Most requests in flight at once, so that a key without the permission is detected before everything is sent. */
const AT_ONCE = 4;

/** Errors that apply to every other row as well. */
const FATAL = ['FORBIDDEN_SCOPE', 'UNAUTHENTICATED', 'KILL_SWITCH', 'INVALID_INPUT'];

const IDLE: BulkApprovalProgress = { state: 'idle', done: 0, total: 0, failed: [], rows: [], resumesAt: null };

/** Approves many containers within the client's write budget. An external store: React reads {@link progress}. */
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

  /** The progress; the same object until something changes. */
  readonly progress = (): BulkApprovalProgress => this.#progress;

  /** Subscribes to {@link progress}. Returns an unsubscribe function. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Approves these, or adds them to the run in progress. Resolves when none is left; never rejects. */
  readonly approve = (containerIds: readonly string[], { note }: { note?: string | undefined } = {}): Promise<BulkApprovalProgress> => {
    if (this.#run === null) this.#rows.clear();
    if (this.#run === null) this.#notes.clear();
    // Rows left by `stop` are resumed by `retry` only.
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

  /** Retries failed rows, except conflicts, and resumes rows left by `stop`. */
  readonly retry = (): Promise<BulkApprovalProgress> => {
    for (const [key, { state, error }] of this.#rows) {
      if (state !== 'failed' || error?.code === 'CONFLICT') continue;
      this.#change(key, { state: 'waiting', error: null });
      this.#queue.push(key);
    }
    return this.#start();
  };

  /** Stops sending. Requests in flight still complete. */
  readonly stop = (): void => this.#run?.stop.abort();

  #start(): Promise<BulkApprovalProgress> {
    const last = this.#run;
    if (last !== null && !last.stop.signal.aborted) {
      this.#tell();
      return last.ended;
    }
    const stop = new AbortController();
    // Requests in flight of a stopped run complete first. The new run is visible at once.
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

  /** Waits for a slot at the lowest priority without using it: the write itself is counted when it is sent. */
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

  /** When the next request can be sent, on the clock of `monotonicNow`; `null`: at once. */
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
      // It wasn't processed: it goes first once the server's pause is over.
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
