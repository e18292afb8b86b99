import type { QueryClient } from '@tanstack/react-query';
import type { ApprovalResult } from '../model/approval.js';
import type { LayersError } from '../model/errors.js';
import { heldBy } from '../internal/heldBy.js';
import { containerKey } from '../model/ids.js';
import { Listeners } from '../internal/listeners.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import { decide } from './decide.js';

/** The state of one container in a bulk approval. */
export interface BulkApprovalRow {
  /** As it was given. */
  containerId: string;
  /** `waiting` - not sent yet, or stopped before; `deciding` - in flight; `approved` - approved, here or by someone else; `failed` - see `error`. */
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

/** No run, and none that has ended. */
export const IDLE: BulkApprovalProgress = { state: 'idle', done: 0, total: 0, failed: [], rows: [], resumesAt: null };

interface Item {
  row: BulkApprovalRow;
  readonly note: string | undefined;
}

/** The bulk approval of a client, shared by everything that shows it. */
export const bulkApprovalOf = heldBy<(queryClient: QueryClient) => BulkApproval, LayersClient>((client) =>
  heldBy((queryClient: QueryClient) => new BulkApproval(client, queryClient)),
);

/** Approves many containers within the client's write budget. An external store: React reads {@link progress}. */
class BulkApproval {
  readonly #client: LayersClient;
  readonly #queryClient: QueryClient;
  /** By container key, in the order given; those that wait are sent in this order. */
  readonly #items = new Map<string, Item>();
  readonly #listeners = new Listeners();
  #run: { ended: Promise<BulkApprovalProgress>; stop: AbortController } | null = null;
  #progress = IDLE;

  constructor(client: LayersClient, queryClient: QueryClient) {
    this.#client = client;
    this.#queryClient = queryClient;
  }

  /** The progress; the same object until something changes. */
  readonly progress = (): BulkApprovalProgress => this.#progress;

  /** Subscribes to {@link progress}. Returns an unsubscribe function. How a run came out is forgotten once nobody shows it any more. */
  readonly subscribe = (listener: () => void): (() => void) => {
    const leave = this.#listeners.add(listener);
    return () => {
      leave();
      // A component that is mounted again at once (StrictMode), or in place of another, shows it still.
      queueMicrotask(() => this.#listeners.size === 0 && this.dismiss());
    };
  };

  /** Approves these, or adds them to the run in progress. Resolves when none is left; never rejects. */
  readonly approve = (containerIds: readonly string[], { note }: { note?: string | undefined } = {}): Promise<BulkApprovalProgress> => {
    if (this.#run === null) this.#items.clear();
    // Rows left by `stop` are resumed by `retry` only.
    else if (this.#run.stop.signal.aborted) for (const { row } of this.#waiting()) this.#items.delete(containerKey(row.containerId));
    for (const containerId of containerIds) {
      const key = containerKey(containerId);
      const state = this.#items.get(key)?.row.state ?? 'failed';
      if (state === 'failed') this.#items.set(key, { row: { containerId, state: 'waiting', result: null, error: null }, note });
    }
    return this.#start();
  };

  /** Retries failed rows, except conflicts, and resumes rows left by `stop`. */
  readonly retry = (): Promise<BulkApprovalProgress> => {
    for (const item of this.#items.values())
      if (item.row.state === 'failed' && item.row.error?.code !== 'CONFLICT') this.#change(item, { state: 'waiting', error: null });
    return this.#start();
  };

  /** Forgets a run that has ended. */
  readonly dismiss = (): void => {
    if (this.#run !== null) return;
    this.#items.clear();
    this.#progress = IDLE;
    this.#listeners.call();
  };

  /** Stops sending. Requests in flight still complete. */
  readonly stop = (): void => this.#run?.stop.abort();

  #start(): Promise<BulkApprovalProgress> {
    if (this.#run === null || this.#run.stop.signal.aborted) {
      const stop = new AbortController();
      // Requests in flight of a stopped run complete first. The new run is visible at once.
      this.#run = { stop, ended: Promise.resolve(this.#run?.ended).then(() => this.#work(stop.signal)) };
    }
    this.#tell();
    return this.#run.ended;
  }

  async #work(signal: AbortSignal): Promise<BulkApprovalProgress> {
    const underWay = new Set<Promise<void>>();
    // What is in flight may take effect; nothing more is sent.
    const leave = this.#client.schedule.onClose(this.stop);
    for (;;) {
      const isLeft = !signal.aborted && this.#waiting().length > 0;
      if (isLeft && underWay.size < AT_ONCE) {
        if (this.#nextTurnAt() !== null) this.#tell();
        await this.#turn(signal);
        const [next] = signal.aborted ? [] : this.#waiting();
        if (next === undefined) continue;
        const sent = this.#send(next).finally(() => underWay.delete(sent));
        underWay.add(sent);
      } else if (underWay.size > 0) await Promise.race(underWay);
      else break;
    }
    leave();
    if (this.#run?.stop.signal !== signal) return this.#progress;
    this.#run = null;
    this.#tell(this.#waiting().length > 0 ? 'stopped' : 'finished');
    return this.#progress;
  }

  #waiting(): Item[] {
    return [...this.#items.values()].filter(({ row }) => row.state === 'waiting');
  }

  /** Waits for a slot at the lowest priority, or for the end of the run, without using it: the write itself is counted when it is sent. */
  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        resolve();
        return false;
      };
      const leave = this.#client.lines['write-light'].queue.reserve(() => 'rest', this.#client.schedule, end, end);
      signal.addEventListener('abort', () => {
        leave();
        resolve();
      });
    });
  }

  /** When the next request can be sent, on the clock of `monotonicNow`; `null`: at once. */
  #nextTurnAt(): number | null {
    const now = monotonicNow();
    const at = this.#client.lines['write-light'].budget.nextAt('rest', now);
    return at > now ? at : null;
  }

  async #send(item: Item): Promise<void> {
    const { row, note } = item;
    this.#change(item, { state: 'deciding' });
    try {
      const result = await decide(this.#client, this.#queryClient, row.containerId, { decision: 'approve', note });
      this.#change(item, { state: 'approved', result });
    } catch (reason) {
      const error = reason as LayersError;
      // It wasn't processed: it is the next to be sent once the server's pause is over.
      if (error.status === 429) return this.#change(item, { state: 'waiting' });
      if (error.code === 'CONFLICT' && error.details?.['approvalStatus'] === 'approved') return this.#change(item, { state: 'approved' });
      this.#change(item, { state: 'failed', error });
      if (FATAL.includes(error.code)) for (const other of this.#waiting()) this.#change(other, { state: 'failed', error });
    }
  }

  #change(item: Item, part: Partial<BulkApprovalRow>): void {
    item.row = { ...item.row, ...part };
    this.#tell();
  }

  #tell(ended?: 'stopped' | 'finished'): void {
    const rows = [...this.#items.values()].map(({ row }) => row);
    const resumesAt = ended !== undefined || this.#waiting().length === 0 ? null : this.#nextTurnAt();
    this.#progress = {
      state: ended ?? (resumesAt === null ? 'running' : 'paused'),
      done: rows.filter(({ state }) => state === 'approved' || state === 'failed').length,
      total: rows.length,
      failed: rows.filter(({ state }) => state === 'failed'),
      rows,
      resumesAt,
    };
    this.#listeners.call();
  }
}
