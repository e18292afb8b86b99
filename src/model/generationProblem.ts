import { isLayersError, type LayersError } from './errors.js';
import { type FieldError, fieldErrorsOf } from './fieldErrors.js';
import { isRecord } from './plainJson.js';

/**
 * Why something could not be started (or stopped), as far as that changes what a person can do about it. Nothing was started or charged, save that for
 * `unknown` and `sent_before` it is not known.
 */
export type GenerationProblemKind =
  /** 402: not enough credits. */
  | 'credits'
  /** 429: too many generations run at once. One has to end first. */
  | 'concurrency'
  /** 429: too many requests in a short time. */
  | 'rate'
  /** Fields are wrong; `fields` says which. */
  | 'fields'
  /** 422 and 400 that name no field. */
  | 'invalid'
  /** 409 `IDEMPOTENCY_CONFLICT`: a request with this key came before, and was another one or is still being worked on. */
  | 'sent_before'
  /** Any other 409: something is in the way, such as a generation that still runs. */
  | 'conflict'
  /** 401 and 403. */
  | 'forbidden'
  /** 404. */
  | 'not_found'
  /** The key or the organisation is suspended. */
  | 'suspended'
  /** No answer came, or none that can be read. */
  | 'unknown'
  /** Whatever else was refused. */
  | 'refused';

/** What an error of a start means. */
export interface GenerationProblem {
  kind: GenerationProblemKind;
  /** Errors at single fields; `[]` where none is named. */
  fields: FieldError[];
  /** Credits that are lacking, for `credits`; `null` where the API does not tell. */
  missingCredits: number | null;
  /** How long the API asks to wait, in milliseconds from when the error came; `null` where it does not say. */
  retryAfterMs: number | null;
}

const CONCURRENCY = /CONCURREN|TOO_MANY_JOBS|RUNNING|ACTIVE_JOBS/i;

/** Reads an error of `generate`, `regenerate`, `cloneFromPost` or `cancelJob`; anything that is no `LayersError` is `refused`. */
export function readGenerationProblem(error: unknown): GenerationProblem {
  if (!isLayersError(error)) return { kind: 'refused', fields: [], missingCredits: null, retryAfterMs: null };
  const fields = fieldErrorsOf(error);
  const kind = kindOf(error, fields);
  return {
    kind,
    fields: kind === 'fields' ? fields : [],
    missingCredits: kind === 'credits' ? missingCredits(error.details) : null,
    retryAfterMs: error.retryAfterMs,
  };
}

/** Whether a request may have taken effect in spite of its error: no answer came, or none that tells. */
export function mayHaveTakenEffect({ code, status }: LayersError): boolean {
  if (code === 'KILL_SWITCH') return false;
  if (code === 'NETWORK' || code === 'TIMEOUT' || code === 'INVALID_RESPONSE') return true;
  return status !== null && (status === 408 || status >= 500);
}

function kindOf(error: LayersError, fields: FieldError[]): GenerationProblemKind {
  const { code, status } = error;
  if (code === 'KILL_SWITCH') return 'suspended';
  if (mayHaveTakenEffect(error)) return 'unknown';
  if (status === 402 || code === 'BILLING_EXHAUSTED') return 'credits';
  if (status === 429) return isConcurrency(error) ? 'concurrency' : 'rate';
  if (code === 'IDEMPOTENCY_CONFLICT') return 'sent_before';
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  // A conflict may well name what it is about; that is no fault of the field.
  if (status === 409) return 'conflict';
  // An issue with the body as a whole marks no field.
  if (fields.some(({ field }) => field !== '')) return 'fields';
  return status === 422 || status === 400 ? 'invalid' : 'refused';
}

// The documentation names the cap on running jobs, but not the code it is told by: everything that says so is read so.
function isConcurrency({ code, details }: LayersError): boolean {
  const words = [code, details?.['code'], details?.['subcode'], details?.['reason'], details?.['limitType']];
  return words.some((word) => typeof word === 'string' && CONCURRENCY.test(word));
}

function missingCredits(details: unknown): number | null {
  if (!isRecord(details)) return null;
  const told = number(details, ['missing', 'missingCredits', 'shortfall']);
  const required = number(details, ['required', 'requiredCredits', 'estimatedCredits', 'cost']);
  const available = number(details, ['available', 'availableCredits', 'creditBalance', 'balance']);
  const missing = told ?? (required !== null && available !== null ? required - available : null);
  return missing !== null && missing > 0 ? Math.ceil(missing) : null;
}

function number(details: Record<string, unknown>, names: string[]): number | null {
  for (const name of names) {
    const value = details[name];
    if (typeof value === 'number' && Number.isFinite(value)) return value;
  }
  return null;
}
