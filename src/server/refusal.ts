import { uuid } from '../internal/uuid.js';

/** What the operator is told about a refusal, and the browser is not. */
export interface Report {
  /** What happened and what to do. Never holds the API key. */
  message: string;
  cause?: unknown;
}

/** Why a request gets no response of the API. Thrown anywhere, answered as an error envelope. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;
  /** Sent with the response. */
  readonly headers: Readonly<Record<string, string>>;
  /** `null` where the operator can do nothing about it. */
  readonly report: Report | null;

  /** @param message for the person at the browser */
  constructor(
    status: number,
    code: string,
    message: string,
    { headers = {}, report = null }: { headers?: Readonly<Record<string, string>>; report?: Report | null } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.report = report;
  }
}

/** One wording for content that doesn't exist and content of somebody else, so that neither gives the other away. */
export const notFound = (report: Report | null = null) =>
  new Refusal(404, 'NOT_FOUND', 'Nothing was found here. It may have been removed, or belong to somebody else.', { report });

/** A request id in the API's form, for responses without one of the API. */
export const newRequestId = () => `req_${uuid()}`;

/** The response to whatever was thrown. Of an error other than a {@link Refusal} it reveals nothing. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal(500, 'INTERNAL', "The server couldn't handle this request. Nothing was changed. Try again in a moment.", {
    report: { message: 'a request failed unexpectedly and was answered 500. The error is in `cause`.', cause: error },
  });
}

/** A response with the API's error envelope. */
export function envelopeResponse(
  status: number,
  error: { code: string; message: string; requestId: string; details?: Record<string, unknown> },
  headers: HeadersInit,
): Response {
  const all = new Headers(headers);
  all.set('content-type', 'application/json; charset=utf-8');
  all.set('x-request-id', all.get('x-request-id') ?? error.requestId);
  return new Response(JSON.stringify({ error }), { status, headers: all });
}
