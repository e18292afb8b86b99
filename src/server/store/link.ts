import { isLayersError, LayersError } from '../../model/errors.js';
import { isRecord, parseJson } from '../../model/plainJson.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import { uuid } from '../../internal/uuid.js';
import { within } from '../deadline.js';
import type { LayersStore } from './store.js';

/** How often a process says that it is alive, and looks for a store that is away, in milliseconds. */
const BEAT_MS = 1_000;
/** How long a process counts as alive after that, and as hearing the others after a message arrived, its own included. */
const ALIVE_MS = 5_000;
/** For how many a process that has never reached the store takes them all to be: together they keep the budget if there are no more. */
const UNKNOWN_PROCESSES = 16;
/** How long the store may take for an answer, in milliseconds. That of Redis takes less. */
const DEADLINE_MS = 2_000;
/** The longest message that is sent or read, in characters. */
const LONGEST_MESSAGE = 4_000_000;
/** Messages of other versions are ignored. */
const VERSION = 1;

/** What is heard of the other processes. */
interface LinkListener {
  /** A message of another process; its shape is to be checked. */
  message?: (kind: string, body: unknown, from: string) => void;
  /** The store went away, or is back. */
  changed?: () => void;
}

/** One process's connection with the others of its API key through the store. Nothing here throws. */
export class Link {
  /** Identifies this process. */
  readonly id = uuid();
  readonly store: LayersStore;
  readonly #onError: (error: LayersError) => void;
  readonly #listeners = new Set<LinkListener>();
  #isAway = false;
  #processes = UNKNOWN_PROCESSES;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #end: (() => Promise<void>) | undefined;
  #heardAt = monotonicNow();
  #isClosed = false;

  /** @param onError called once when the store goes away, and once when it is back */
  constructor(store: LayersStore, onError: (error: LayersError) => void) {
    this.store = store;
    this.#onError = onError;
    if (store.isShared) void this.#beat();
  }

  /** Whether other processes may be there. */
  get isShared(): boolean {
    return this.store.isShared;
  }

  /** Whether the store can't be reached: this process goes on alone. */
  get isAway(): boolean {
    return this.#isAway;
  }

  /** How many processes there were when the store was last reached, this one included; until it was, 16. */
  get processes(): number {
    return this.#processes;
  }

  /** Returns a function that stops listening. */
  listen(listener: LinkListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Asks the store. @returns `undefined` while it is away, or where it fails now */
  async ask<T>(call: (store: LayersStore) => Promise<T>): Promise<T | undefined> {
    if (this.#isAway || this.#isClosed) return undefined;
    try {
      return await inTime(() => call(this.store));
    } catch (error) {
      this.#setAway(error);
      return undefined;
    }
  }

  /** Sends a message to the other processes. It is lost where the store is away. @returns `false`: it is too long to be sent */
  say(kind: string, body: unknown): boolean {
    if (!this.isShared) return true;
    const message = JSON.stringify({ v: VERSION, from: this.id, kind, body });
    if (message.length > LONGEST_MESSAGE) return false;
    void this.ask((store) => store.publish(message));
    return true;
  }

  /** Leaves the other processes: from now on this one is alone. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#end?.().catch(() => {});
    if (!this.isShared || this.#isAway) return;
    this.#isAway = true;
    for (const { changed } of this.#listeners) changed?.();
  }

  async #beat(): Promise<void> {
    try {
      this.#end ??= asEnd(await inTime(() => this.store.subscribe((message) => this.#hear(message))));
      await inTime(() => this.store.publish(JSON.stringify({ v: VERSION, from: this.id, kind: 'here' })));
      this.#processes = await inTime(() => this.store.present(this.id, ALIVE_MS));
      if (monotonicNow() - this.#heardAt > ALIVE_MS) {
        // The next beat subscribes anew.
        this.#end?.().catch(() => {});
        this.#end = undefined;
        throw deaf();
      }
      this.#setAway(null);
    } catch (error) {
      this.#heardAt = monotonicNow();
      this.#setAway(error);
    }
    if (this.#isClosed) {
      this.#end?.().catch(() => {});
      return;
    }
    this.#timer = setTimeout(() => void this.#beat(), BEAT_MS);
    // It alone doesn't keep the process alive. Runtimes other than Node return a number.
    if (typeof this.#timer === 'object') this.#timer.unref?.();
  }

  #hear(text: string): void {
    this.#heardAt = monotonicNow();
    const message = text.length > LONGEST_MESSAGE ? undefined : parseJson(text);
    if (!isRecord(message) || message['v'] !== VERSION || message['from'] === this.id) return;
    const { from, kind, body } = message;
    if (typeof from !== 'string' || typeof kind !== 'string') return;
    for (const { message: hear } of this.#listeners) hear?.(kind, body, from);
  }

  /** @param cause `null`: the store is back */
  #setAway(cause: unknown): void {
    const isAway = cause !== null;
    if (isAway === this.#isAway || this.#isClosed) return;
    this.#isAway = isAway;
    for (const { changed } of this.#listeners) changed?.();
    const code = isLayersError(cause) ? cause.code : 'NETWORK';
    this.#onError(
      new LayersError({
        code,
        message: isAway
          ? `layers-react: the store of this server part is away. This process goes on alone with 1/${this.#processes} of the budget until it is back. Check the store; the reason is in \`cause\`.`
          : 'layers-react: the store of this server part is back. The processes share the budget again.',
        ...(isAway && { cause }),
      }),
    );
  }
}

const inTime = <T>(call: () => Promise<T>): Promise<T> => within({ ms: DEADLINE_MS, late }, call);

/** A store of somebody's own may return anything. */
const asEnd = (end: unknown) => (typeof end === 'function' ? (end as () => Promise<void>) : async () => {});

const deaf = () =>
  new LayersError({
    code: 'NETWORK',
    message: `layers-react: no message of the store of this server part has arrived for ${ALIVE_MS / 1_000} s, not even this process's own. It subscribes again. Check the connection.`,
  });

const late = () =>
  new LayersError({
    code: 'TIMEOUT',
    message: `layers-react: the store of this server part did not answer within ${DEADLINE_MS / 1_000} s, so the server processes can't share their budget. Check the store.`,
  });
