import { monotonicNow } from '../../internal/monotonicNow.js';
import { isRecord, parseJson } from '../../model/plainJson.js';
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

  constructor(link: Link) {
    this.#link = link;
  }

  /** The latest response of a path; `null`: none is known. */
  async get(path: string): Promise<KeptAnswer | null> {
    if (!this.#link.isShared) return null;
    const kept = await this.#link.ask((store) => store.get(keyOf(path)));
    const answer = kept ? parseJson(kept.value) : undefined;
    if (!kept || !isRecord(answer)) return null;
    const { text, headers, ageMs } = answer;
    if (typeof text !== 'string' || typeof ageMs !== 'number' || !(ageMs >= 0) || !isHeaders(headers)) return null;
    const sinceKept = Math.max(0, KEPT_MS - kept.leftMs);
    return { status: 200, text, headers: new Headers(headers), askedAt: monotonicNow() - ageMs - sinceKept - WAY_MS };
  }

  /** Gives a response with status 200 to the other processes. */
  put(path: string, { text, headers, askedAt }: KeptAnswer): void {
    if (!this.#link.isShared || text.length > LONGEST) return;
    const value = JSON.stringify({ text, headers: [...headers], ageMs: monotonicNow() - askedAt });
    void this.#link.ask((store) => store.set(keyOf(path), value, KEPT_MS));
  }
}

const keyOf = (path: string) => `read ${path}`;

function isHeaders(value: unknown): value is [string, string][] {
  if (!Array.isArray(value) || !value.every((each) => Array.isArray(each) && each.length === 2)) return false;
  try {
    new Headers(value as [string, string][]);
    return true;
  } catch {
    return false;
  }
}
