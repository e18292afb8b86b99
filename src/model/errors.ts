import type { LayersErrorCode } from './errorCode.js';

/** What a {@link LayersError} is made of. */
export interface LayersErrorInit {
  /** The API's own code (`NOT_FOUND`, …), or one of ours: `HTTP_<status>`, `NETWORK`, `TIMEOUT`, `INVALID_RESPONSE`, `INVALID_INPUT`, `API_KEY_IN_BROWSER`. */
  code: LayersErrorCode;
  /** For a person: what happened, why it matters, what to do. */
  message: string;
  /** HTTP status; `null` where no answer came. */
  status?: number | null;
  /** The API's `requestId` (envelope, else `X-Request-Id`); `null` where there is none. */
  requestId?: string | null;
  /** The envelope's `details`, as sent; for `INVALID_RESPONSE` and `INVALID_INPUT` `{ path }`. `null` where there are none. */
  details?: Record<string, unknown> | null;
  /** `Retry-After` in milliseconds, never shortened; `null` where the server named none. */
  retryAfterMs?: number | null;
  /** What was caught, where something was. */
  cause?: unknown;
}

/**
 * The one error class of this library. Hooks return it in `error`; the client rejects with it; only misuse of the library throws it at once.
 *
 * An envelope `{ error: { code, message, requestId, details } }` becomes exactly these fields. Any other non-2xx body becomes `HTTP_<status>` with a
 * fixed message: what a gateway or a crash page says is never shown to a person.
 */
export class LayersError extends Error {
  override readonly name = 'LayersError';
  /** The API's own code, or one of ours. Known codes are completed by an editor; others pass. */
  readonly code: LayersErrorCode;
  readonly status: number | null;
  readonly requestId: string | null;
  readonly details: Record<string, unknown> | null;
  readonly retryAfterMs: number | null;
  /** Whether the same request may succeed later: 408, 429, 5xx, `NETWORK` and `TIMEOUT`, save `KILL_SWITCH` (a suspended key or organisation). */
  readonly retryable: boolean;

  constructor(init: LayersErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.code = init.code;
    this.status = init.status ?? null;
    this.requestId = init.requestId ?? null;
    this.details = init.details ?? null;
    this.retryAfterMs = init.retryAfterMs ?? null;
    this.retryable = isRetryable(this.code, this.status);
  }
}

/** Whether a value is a {@link LayersError}, also one made by another copy of this package or revived from JSON. */
export function isLayersError(value: unknown): value is LayersError {
  if (value instanceof LayersError) return true;
  return typeof value === 'object' && value !== null && 'name' in value && value.name === 'LayersError' && 'code' in value;
}

function isRetryable(code: LayersErrorCode, status: number | null): boolean {
  if (code === 'KILL_SWITCH') return false;
  return status === null ? code === 'NETWORK' || code === 'TIMEOUT' : mayRecover(status);
}

/** Whether the same request may succeed later, by its HTTP status. */
export const mayRecover = (status: number): boolean => status === 408 || status === 429 || status >= 500;
