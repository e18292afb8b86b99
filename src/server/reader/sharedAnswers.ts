import { monotonicNow } from '../../internal/monotonicNow.js';
import { isLayersError } from '../../model/errors.js';
import { isRecord, parseJson } from '../../model/plainJson.js';
import { JSON_TYPE, RESPONSE_HEADERS } from '../responseHeaders.js';
import type { Link } from '../store/link.js';
import type { KeptAnswer } from './answers.js';

/** How long the store keeps a response, in milliseconds. */
const KEPT_MS = 60_000;
/** The longest response that is kept, in characters. */
const LONGEST = 200_000;
/** A response is taken to be older than is known by this, in milliseconds: its way to the store isn't counted. */
const WAY_MS = 100;

/** The responses that all processes of a key have read. Nothing is asked of a store that isn't shared. */
export class SharedAnswers {
  readonly #link: Link;
  /** Who waits for a path. */
  readonly #waiting = new Map<string, Set<() => void>>();

  constructor(link: Link) {
    this.#link = link;
    link.listen({
      message: (kind, path) => {
        if (kind === 'kept' && typeof path === 'string') for (const look of this.#waiting.get(path) ?? []) look();
      },
    });
  }

  /**
   * Waits for a turn, or for a usable response of another process: whichever comes first. Then the other is given up.
   *
   * @returns `null`: it is this process's turn
   */
  async orTurn(
    path: string,
    isUsable: (answer: KeptAnswer) => boolean,
    turn: (signal: AbortSignal) => Promise<void>,
    stop: AbortSignal,
  ): Promise<KeptAnswer | null> {
    if (!this.#link.isShared) return turn(stop).then(() => null);
    const leave = new AbortController();
    const looks = this.#waiting.get(path) ?? new Set();
    this.#waiting.set(path, looks);
    let look = () => {};
    const elsewhere = new Promise<KeptAnswer>((resolve) => {
      look = () => void this.get(path).then((answer) => answer !== null && isUsable(answer) && resolve(answer));
    });
    looks.add(look);
    try {
      const known = await this.get(path);
      if (known !== null && isUsable(known)) return known;
      return await Promise.race([elsewhere, turn(AbortSignal.any([stop, leave.signal])).then(() => null)]);
    } finally {
      looks.delete(look);
      if (looks.size === 0) this.#waiting.delete(path);
      leave.abort();
    }
  }

  /** The latest response of a path; `null`: none is known. */
  async get(path: string): Promise<KeptAnswer | null> {
    if (!this.#link.isShared) return null;
    const kept = await this.#link.ask((store) => store.get(keyOf(path)).catch(garbageIsNone));
    const answer = kept ? parseJson(kept.value) : undefined;
    if (!kept || !isRecord(answer)) return null;
    const { text, headers: sent, ageMs } = answer;
    const headers = browserHeaders(sent);
    const isBody = typeof text === 'string' && parseJson(text) !== undefined;
    if (!isBody || typeof ageMs !== 'number' || !(ageMs >= 0) || headers === null) return null;
    const sinceKept = Math.max(0, KEPT_MS - kept.leftMs);
    return { status: 200, text, headers, askedAt: monotonicNow() - ageMs - sinceKept - WAY_MS };
  }

  /** Gives a response with status 200 to the other processes. */
  put(path: string, { text, headers, askedAt }: KeptAnswer): void {
    if (!this.#link.isShared || text.length > LONGEST) return;
    const value = JSON.stringify({ text, headers: [...headers], ageMs: monotonicNow() - askedAt });
    void this.#link.ask((store) => store.set(keyOf(path), value, KEPT_MS).catch(garbageIsNone)).then(() => this.#link.say('kept', path));
  }
}

const keyOf = (path: string) => `read ${path}`;

/** The headers of a kept response that a browser may get, as of a response of the API; `null`: they aren't headers. */
function browserHeaders(sent: unknown): Headers | null {
  if (!Array.isArray(sent) || !sent.every((each) => Array.isArray(each) && each.length === 2)) return null;
  try {
    const all = new Headers(sent as [string, string][]);
    const isJson = JSON_TYPE.test(all.get('content-type') ?? '');
    return new Headers([...all].filter(([name]) => RESPONSE_HEADERS.test(name) && (isJson || name !== 'content-type')));
  } catch {
    return null;
  }
}

/** A store that says what can't be has no response for anybody; the budget, which needs it more, says so. */
function garbageIsNone(error: unknown): null {
  if (isLayersError(error) && error.code === 'INVALID_RESPONSE') return null;
  throw error;
}
