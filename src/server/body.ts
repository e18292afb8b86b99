import { within } from './deadline.js';
import { readUpTo } from './readUpTo.js';
import { Refusal } from './refusal.js';

/** What a request's body may take. */
export interface BodyLimits {
  maxBytes: number;
  /** In milliseconds, for the whole body. */
  ms: number;
  /** What to send instead of a body that is too large. @default a shorter text */
  instead?: string;
}

/**
 * The bytes of a request's body. The request itself stays unread, for the partner's functions, which can read no more than this.
 *
 * @throws Refusal 413, 408 or 400 for a body that is too large, too slow or broken off; 499 if the browser disconnected
 */
export async function readBody(
  request: Request,
  { maxBytes, ms, instead = 'Send a shorter text.' }: BodyLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes, instead);
  const { body } = request.clone();
  const read = () => readUpTo(maxBytes, body).catch(() => Promise.reject(brokenOff()));
  const bytes = await within({ ms, late: tooSlow, signal: request.signal }, read);
  if (bytes === null) throw tooLarge(maxBytes, instead);
  return bytes;
}

/** A body as JSON text; empty for an empty body. @throws Refusal 400 */
export function jsonText(bytes: Uint8Array<ArrayBuffer>): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
    if (text !== '') JSON.parse(text);
    return text;
  } catch {
    throw new Refusal(400, 'VALIDATION', "The request's body isn't valid JSON, so nothing was changed. Send a JSON object.");
  }
}

const tooLarge = (bytes: number, instead: string) =>
  new Refusal(413, 'PAYLOAD_TOO_LARGE', `The request's body is larger than ${bytes / 1024} kB, so nothing was changed. ${instead}`);

const tooSlow = () => new Refusal(408, 'REQUEST_TIMEOUT', "The request's body didn't arrive in time, so nothing was changed. Try again.");

const brokenOff = () => new Refusal(400, 'VALIDATION', "The request's body broke off, so nothing was changed. Try again.");
