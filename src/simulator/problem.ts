/** An answer outside 2xx. Thrown by routes; becomes the error envelope [operational/errors]. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Record<string, unknown> | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: Record<string, unknown> | null = null,
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.details = details;
    this.headers = headers;
  }
}

/** One thing wrong with a request: `path` names the member, `['limit']`. */
export interface Issue {
  path: readonly (string | number)[];
  message: string;
}

/** 404, also for what belongs to someone else: existence is not leaked [concepts/organizations]. */
export function notFound(what: string): Problem {
  return new Problem(404, 'NOT_FOUND', `${what} not found.`);
}

/** 422 `VALIDATION` with `details.issues[]`. */
export function invalid(issues: readonly Issue[], details: Record<string, unknown> = {}): Problem {
  const first = issues[0];
  const message = first ? `${first.path.join('.') || 'body'}: ${first.message}` : 'The request is not valid.';
  return new Problem(422, 'VALIDATION', message, { issues, ...details });
}

/** 409 `CONFLICT`. */
export function conflict(message: string, details: Record<string, unknown>): Problem {
  return new Problem(409, 'CONFLICT', message, details);
}

/** The body of an error answer. */
export function envelope(code: string, message: string, requestId: string, details: Record<string, unknown> | null): unknown {
  return { error: { code, message, requestId, ...(details && { details }) } };
}

/** The code an error status is answered with when a fault names none. */
export function codeForStatus(status: number): string {
  const codes: Record<number, string> = {
    400: 'VALIDATION',
    401: 'UNAUTHENTICATED',
    402: 'BILLING_EXHAUSTED',
    403: 'FORBIDDEN_SCOPE',
    404: 'NOT_FOUND',
    409: 'CONFLICT',
    422: 'VALIDATION',
    429: 'RATE_LIMITED',
    500: 'INTERNAL',
    503: 'UNAVAILABLE',
  };
  return codes[status] ?? (status >= 500 ? 'INTERNAL' : 'BAD_REQUEST');
}
