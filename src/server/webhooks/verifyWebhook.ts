import { LayersError } from '../../model/errors.js';
import { invalidEvent, parseWebhookEvent, type WebhookEvent } from './event.js';
import { isSignedWith, parseSignatureHeader } from './signature.js';

/** The headers of a request: `request.headers` of a `Request` or of Node's `http`. Names in any case. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** What {@link verifyWebhook} takes besides the request. */
export interface VerifyWebhookOptions {
  /**
   * The endpoint's signing secret (`whsec_…`), whole. While it is rotated, the new one and the old one: a signature by any of them counts. Entries that are
   * `undefined` or empty are skipped.
   */
  secret: string | undefined | readonly (string | undefined)[];
  /** How far the signed time may be from this server's clock, in either direction, in milliseconds. @default 300000 */
  toleranceMs?: number | undefined;
  /** The largest body that is accepted, in bytes. @default 1048576 */
  maxBytes?: number | undefined;
  /** The clock, milliseconds since 1970. @default Date.now */
  now?: (() => number) | undefined;
}

/**
 * Checks that a webhook was sent by Layers, a short time ago, to this secret's endpoint, and returns it as an event. Acts on nothing: `event.id` is yours to
 * deduplicate by, and a type you don't handle deserves a 2xx.
 *
 * @param body the raw body, as received. A body that was parsed and serialized again has other bytes, so its signature doesn't match
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
 * `WEBHOOK_TOO_OLD`, `WEBHOOK_FROM_FUTURE` (400, signed, but too far from this server's clock),
 * `INVALID_RESPONSE` (400, signed, but no event), `PAYLOAD_TOO_LARGE` (413), and without a `status`, because the sender should try again:
 * `INVALID_INPUT` (no secret, an option or a body that can't be used)
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
  // The signed time has whole seconds, so this clock is read in whole seconds, too.
  const ageMs = Math.floor(now() / 1000) * 1000 - Number(signature.timestamp) * 1000;
  if (ageMs > toleranceMs) throw tooOld(ageMs, toleranceMs);
  if (ageMs < -toleranceMs) throw fromFuture(-ageMs, toleranceMs);
  return parseWebhookEvent(parseJson(bytes), headerOf(headers, 'x-layers-event-id'));
}

function usableSecrets(secret: VerifyWebhookOptions['secret']): string[] {
  const secrets = [secret].flat().filter((each) => each !== undefined && each !== '');
  // A line break from a file, or a placeholder: better told now than as a signature that never matches.
  if (secrets.length === 0 || !secrets.every((each): each is string => typeof each === 'string' && /^[\x21-\x7e]+$/.test(each)))
    throw misuse(
      'secret',
      "needs secret, the signing secret of your webhook endpoint (whsec_…), without spaces or line breaks. Without it anybody's webhooks would be believed. Read it from process.env, and while it is rotated pass both: [newSecret, oldSecret].",
    );
  return secrets as string[];
}

function requireAmount(path: 'toleranceMs' | 'maxBytes', value: number): void {
  if (!Number.isFinite(value) || value < 0) throw misuse(path, `got ${path}: ${String(value)}. It takes a number of 0 or more.`);
}

function bytesOf(body: Uint8Array | ArrayBuffer | string, maxBytes: number): Uint8Array<ArrayBuffer> {
  // One more than allowed is enough to tell that it is too large.
  if (typeof body === 'string') return new TextEncoder().encode(body.slice(0, maxBytes + 1));
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer as ArrayBuffer, body.byteOffset, body.byteLength);
  // Not `instanceof`: test runners have an `ArrayBuffer` of their own.
  if (Object.prototype.toString.call(body) === '[object ArrayBuffer]') return new Uint8Array(body);
  throw misuse(
    'body',
    'got a body that is not raw bytes. The signature covers the bytes as they were sent, which parsed JSON no longer has. Pass await request.arrayBuffer(), or in Express the Buffer of express.raw({ type: "application/json" }).',
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
  new LayersError({ code, status, message: `${reason}, so it was not believed and nothing was changed. ${advice}` });

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
    'No signature of the webhook matches its body and the secret',
    'Check that the secret is the one of this endpoint, that an old one is still passed while it is rotated, and that the body is passed as received, not parsed and serialized again.',
  );

const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;

const tooOld = (ageMs: number, toleranceMs: number) =>
  refused(
    'WEBHOOK_TOO_OLD',
    `The webhook was signed ${seconds(ageMs)} ago, where ${seconds(toleranceMs)} are allowed`,
    "Somebody may have sent an old one again. If every webhook is refused, check this server's clock.",
  );

const fromFuture = (aheadMs: number, toleranceMs: number) =>
  refused(
    'WEBHOOK_FROM_FUTURE',
    `The webhook was signed ${seconds(aheadMs)} ahead of this server's clock, where ${seconds(toleranceMs)} are allowed`,
    "Check this server's clock.",
  );

const tooLarge = (maxBytes: number) =>
  refused(
    'PAYLOAD_TOO_LARGE',
    `The webhook has more than ${maxBytes} bytes`,
    'Check that it came from Layers; if so, raise maxBytes.',
    413,
  );
