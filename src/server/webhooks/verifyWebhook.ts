import { LayersError } from '../../model/errors.js';
import { invalidEvent, parseWebhookEvent, type WebhookEvent } from './event.js';
import { isSignedWith, parseSignatureHeader } from './signature.js';

/** Request headers: those of a `Request`, or the object of Node's `http`. Names in any case. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** Options of {@link verifyWebhook}. */
export interface VerifyWebhookOptions {
  /**
   * The endpoint's signing secret (`whsec_…`). During a rotation pass both, `[newSecret, oldSecret]`: one match is enough. Entries that are `undefined` or empty
   * are skipped.
   */
  secret: string | undefined | readonly (string | undefined)[];
  /** How far the signed timestamp may be from this server's clock, in either direction, in milliseconds. @default 300000 */
  toleranceMs?: number | undefined;
  /** The largest accepted body, in bytes. @default 1048576 */
  maxBytes?: number | undefined;
  /** The clock, milliseconds since 1970. @default Date.now */
  now?: (() => number) | undefined;
}

/**
 * Verifies the signature and the timestamp of a webhook and returns its event. It doesn't deduplicate: retries carry the same `event.id`. Answer 2xx to types
 * you don't handle.
 *
 * @param body the raw body. The signature covers its bytes, so a body that was parsed and serialized again doesn't match
 *
 * @example
 * export async function POST(request: Request) {
 *   try {
 *     const event = await verifyWebhook(await request.arrayBuffer(), request.headers, { secret: process.env.LAYERS_WEBHOOK_SECRET });
 *     if (event.type === 'content.generated') await publishDraft(event.container.id);
 *     return new Response(null, { status: 204 });
 *   } catch (error) {
 *     return new Response(null, { status: (isLayersError(error) && error.status) || 500 });
 *   }
 * }
 *
 * @throws LayersError whose `status` is the one to answer with:
 * `WEBHOOK_SIGNATURE_MISSING`, `WEBHOOK_SIGNATURE_MALFORMED`, `WEBHOOK_SIGNATURE_MISMATCH` (400),
 * `WEBHOOK_TOO_OLD`, `WEBHOOK_FROM_FUTURE` (400, correctly signed, but outside `toleranceMs`), `INVALID_RESPONSE` (400, correctly signed, but not an event) or
 * `PAYLOAD_TOO_LARGE` (413). `INVALID_INPUT` (no secret, or an unusable option or body) is a mistake on this side and has no `status`: answer 500, so that the
 * webhook is retried
 */
export async function verifyWebhook(
  body: Uint8Array | ArrayBuffer | string,
  headers: WebhookHeaders,
  options: VerifyWebhookOptions,
): Promise<WebhookEvent> {
  const { secret, toleranceMs = 300_000, maxBytes = 1_048_576, now = Date.now } = options;
  const secrets = usableSecrets(secret);
  requireAmount('toleranceMs', toleranceMs);
  requireAmount('maxBytes', maxBytes);
  const bytes = bytesOf(body, maxBytes);
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  const header = headerOf(headers, 'x-layers-signature');
  if (header === null) throw unsigned();
  const signature = parseSignatureHeader(header);
  if (signature === null) throw malformed();
  const matches = await Promise.all(secrets.map((each) => isSignedWith(each, signature, bytes)));
  if (!matches.includes(true)) throw mismatch();
  // The timestamp is in whole seconds.
  const ageMs = Math.floor(now() / 1000) * 1000 - Number(signature.timestamp) * 1000;
  if (ageMs > toleranceMs) throw tooOld(ageMs, toleranceMs);
  if (ageMs < -toleranceMs) throw fromFuture(-ageMs, toleranceMs);
  return parseWebhookEvent(parseJson(bytes), headerOf(headers, 'x-layers-event-id'));
}

function usableSecrets(secret: VerifyWebhookOptions['secret']): string[] {
  const secrets = [secret].flat().filter((each) => each !== undefined && each !== '');
  // A line break from a secret file would otherwise show as a signature that never matches.
  if (secrets.length === 0 || !secrets.every((each): each is string => typeof each === 'string' && /^[\x21-\x7e]+$/.test(each)))
    throw misuse(
      'secret',
      'needs secret, the signing secret of your webhook endpoint (whsec_…), without spaces or line breaks. Without it nobody can tell a forged webhook from a genuine one. Read it from process.env; during a rotation pass both: [newSecret, oldSecret].',
    );
  return secrets as string[];
}

function requireAmount(path: 'toleranceMs' | 'maxBytes', value: number): void {
  if (!Number.isFinite(value) || value < 0) throw misuse(path, `got ${path}: ${String(value)}. It takes a number of 0 or more.`);
}

function bytesOf(body: Uint8Array | ArrayBuffer | string, maxBytes: number): Uint8Array<ArrayBuffer> {
  // Encoding one character more than allowed is enough to refuse it.
  if (typeof body === 'string') return new TextEncoder().encode(body.slice(0, maxBytes + 1));
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer as ArrayBuffer, body.byteOffset, body.byteLength);
  // Not `instanceof`: test runners have an `ArrayBuffer` of their own.
  if (Object.prototype.toString.call(body) === '[object ArrayBuffer]') return new Uint8Array(body);
  throw misuse(
    'body',
    'got a body that is not raw. The signature covers the bytes that were sent, and parsed JSON has lost them. Pass await request.arrayBuffer(), or in Express the Buffer of express.raw({ type: "application/json" }).',
  );
}

function headerOf(headers: WebhookHeaders, name: string): string | null {
  if (typeof headers.get === 'function') return (headers as Headers).get(name) || null;
  const value = Object.entries(headers as Record<string, string | readonly string[] | undefined>).find(
    ([key]) => key.toLowerCase() === name,
  )?.[1];
  return [value ?? []].flat().join(',') || null;
}

function parseJson(bytes: Uint8Array<ArrayBuffer>): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw invalidEvent('$', 'the body is not valid JSON');
  }
}

const misuse = (path: string, advice: string) =>
  new LayersError({ code: 'INVALID_INPUT', message: `layers-react: verifyWebhook() ${advice}`, details: { path } });

const refused = (code: string, reason: string, advice: string, status = 400) =>
  new LayersError({ code, status, message: `${reason}, so it was refused and nothing was changed. ${advice}` });

const unsigned = () =>
  refused(
    'WEBHOOK_SIGNATURE_MISSING',
    'The webhook has no X-Layers-Signature header',
    'Check that it came from Layers and that no proxy removes the header.',
  );

const malformed = () =>
  refused(
    'WEBHOOK_SIGNATURE_MALFORMED',
    'The X-Layers-Signature header of the webhook is not of the form t=<seconds>,v1=<hex>',
    'Check that it came from Layers and that no proxy changes the header.',
  );

const mismatch = () =>
  refused(
    'WEBHOOK_SIGNATURE_MISMATCH',
    'No signature of the webhook matches its body and your secret',
    'Check that the secret is that of this endpoint, that both secrets are passed during a rotation, and that the body is the raw one, not parsed and serialized again.',
  );

const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;

const tooOld = (ageMs: number, toleranceMs: number) =>
  refused(
    'WEBHOOK_TOO_OLD',
    `The webhook was signed ${seconds(ageMs)} ago, and ${seconds(toleranceMs)} are allowed`,
    "It may be a replay attack. If this happens to every webhook, check this server's clock.",
  );

const fromFuture = (aheadMs: number, toleranceMs: number) =>
  refused(
    'WEBHOOK_FROM_FUTURE',
    `The webhook was signed ${seconds(aheadMs)} ahead of this server's clock, and ${seconds(toleranceMs)} are allowed`,
    "Check this server's clock.",
  );

const tooLarge = (maxBytes: number) =>
  refused(
    'PAYLOAD_TOO_LARGE',
    `The webhook has more than ${maxBytes} bytes`,
    'Check that it came from Layers; if so, raise maxBytes.',
    413,
  );
