/** Codes of the API's own envelope [operational/errors, and the reference page of each route]. */
type ApiErrorCode =
  /** 401: no valid API key [operational/errors]. */
  | 'UNAUTHENTICATED'
  /** 403: the key lacks a scope [operational/errors]. */
  | 'FORBIDDEN_SCOPE'
  /** 404, also for what belongs to another organisation [concepts/organizations]. */
  | 'NOT_FOUND'
  /** 422 (400 on the old approval policy): `details.issues[].path`, `details.missingFields[]` [reference/approval/reject-content]. */
  | 'VALIDATION'
  /** The same, from the old edition's list [reference/content/list-containers]. */
  | 'VALIDATION_FAILED'
  /** 409: already decided, not cancelable, … See `details` [reference/approval/approve-content, reference/jobs/cancel-job]. */
  | 'CONFLICT'
  /** 409: an `Idempotency-Key` was reused with another body [getting-started/common-patterns]. */
  | 'IDEMPOTENCY_CONFLICT'
  /** 409: a file has not arrived yet [reference/content/finalize-upload]. */
  | 'UPLOAD_INCOMPLETE'
  /** 403: publishing has to wait for an approval [concepts/content-review]. */
  | 'APPROVAL_REQUIRED'
  /** 409: rejected content is never published [concepts/content-review]. */
  | 'CONTENT_REJECTED'
  /** 402: not enough credits [concepts/credits]. */
  | 'BILLING_EXHAUSTED'
  /** 429: wait for `retryAfterMs` [operational/rate-limits]. */
  | 'RATE_LIMITED'
  /** 503, never retried: the key or the organisation is suspended [reference/api-keys/kill]. */
  | 'KILL_SWITCH'
  /** TikTok, Meta or Apple refused; see `details.platformCode` [operational/errors]. */
  | 'PLATFORM_ERROR'
  /** 500 (seen in the API's own MCP server only). */
  | 'INTERNAL'
  /** The project has no app demo. Documented as `details.code`; the `code` beside it is not [reference/content/ugc-remix]. */
  | 'MISSING_APP_DEMO'
  /** The source is a video. Documented as `details.code`; the `code` beside it is not [reference/content/slideshow-remix]. */
  | 'NOT_A_SLIDESHOW';

/** Codes of `layers-react/server`, in the same envelope. */
type ServerPartErrorCode =
  /** 500: there was no API key to send. */
  | 'API_KEY_UNAVAILABLE'
  /** 500: `authorize` or `viewer` threw, or was late. */
  | 'AUTHORIZATION_FAILED'
  /** 499: the browser left before the answer. */
  | 'CLIENT_CLOSED_REQUEST'
  /** 403: a write from another site. */
  | 'CROSS_SITE_REQUEST'
  /** 405. */
  | 'METHOD_NOT_ALLOWED'
  /** 413. */
  | 'PAYLOAD_TOO_LARGE'
  /** 408: the request's body did not arrive in time. */
  | 'REQUEST_TIMEOUT'
  /** 415: a write that is not JSON. */
  | 'UNSUPPORTED_MEDIA_TYPE'
  /** 502: the API's answer was not JSON. */
  | 'UPSTREAM_INVALID'
  /** 504: the API did not answer in time. */
  | 'UPSTREAM_TIMEOUT'
  /** 502: the API's answer exceeded `maxResponseBytes`. */
  | 'UPSTREAM_TOO_LARGE'
  /** 502: the API could not be reached. */
  | 'UPSTREAM_UNREACHABLE'
  /** 503: more is read than the key's budget allows: `Retry-After` says when to return. */
  | 'READ_BUDGET_SPENT'
  /** 503: too many viewers wait for first data at once: `Retry-After` says when to return, with all reads. */
  | 'SERVER_BUSY'
  /** 414: a query that is too long. */
  | 'URI_TOO_LONG'
  /** 400: a webhook whose timestamp is too far ahead of the server's clock. */
  | 'WEBHOOK_FROM_FUTURE'
  /** 400: a webhook whose signature header isn't in the documented form. */
  | 'WEBHOOK_SIGNATURE_MALFORMED'
  /** 400: a webhook that wasn't signed with a known secret, or was changed afterwards. */
  | 'WEBHOOK_SIGNATURE_MISMATCH'
  /** 400: a webhook without a signature. */
  | 'WEBHOOK_SIGNATURE_MISSING'
  /** 400: a webhook whose timestamp is too old. */
  | 'WEBHOOK_TOO_OLD';

/** Codes of this library, for what is not an answer of the API. */
type OwnErrorCode =
  /** No answer came. */
  | 'NETWORK'
  /** No answer came within `timeoutMs`. */
  | 'TIMEOUT'
  /** An answer that cannot be read; `details.path` names the member. */
  | 'INVALID_RESPONSE'
  /** An argument that cannot be used; nothing was sent. `details.path` names it. */
  | 'INVALID_INPUT'
  /** The client was closed before the request left; nothing was sent. */
  | 'CLOSED'
  /** An API key was found in browser code. */
  | 'API_KEY_IN_BROWSER'
  /** A handler given to `ApprovalActions` rejected with something that is no `LayersError`. */
  | 'HANDLER_FAILED'
  /** Any answer outside 2xx without the API's envelope. */
  | `HTTP_${number}`;

/**
 * What `LayersError.code` can be. The known codes are listed, so that editors complete them; the set stays open, because the API adds codes within a
 * version [operational/versioning]. Decide by `status` and `retryable` where a code is unknown.
 */
export type LayersErrorCode = ApiErrorCode | ServerPartErrorCode | OwnErrorCode | (string & {});
