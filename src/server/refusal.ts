import { uuid } from '../internal/uuid.js';

/** Why a request gets no answer of the API: thrown anywhere on its way, answered as an envelope. The message is for a person. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** The same words for what is not there and for what is somebody else's. */
export const notFound = () =>
  new Refusal(404, 'NOT_FOUND', 'Nothing was found here. It may have been removed, or belong to somebody else.');

/** A request id in the API's form, for answers that have none of the API. */
export const newRequestId = () => `req_${uuid()}`;

/** The answer to whatever was thrown; of anything but a {@link Refusal} it tells nothing. */
export function refusalResponse(error: unknown): Response {
  const { status, code, message, headers } =
    error instanceof Refusal
      ? error
      : new Refusal(500, 'INTERNAL', 'The server could not handle this request. Nothing was changed. Try again in a moment.');
  return envelopeResponse(status, { code, message, requestId: headers['x-request-id'] ?? newRequestId() }, headers);
}

/** An answer with the API's error envelope. */
export function envelopeResponse(
  status: number,
  error: { code: string; message: string; requestId: string; details?: Record<string, unknown> },
  headers: HeadersInit = {},
): Response {
  const all = new Headers(headers);
  all.set('content-type', 'application/json; charset=utf-8');
  all.set('cache-control', 'no-store');
  all.set('x-request-id', all.get('x-request-id') ?? error.requestId);
  return new Response(JSON.stringify({ error }), { status, headers: all });
}
