import { describe, expect, test } from 'vitest';
import { type GenerationProblemKind, LayersError, readGenerationProblem } from '../../src/model/index.js';

const kindOf = (code: string, status: number | null, details: Record<string, unknown> | null = null) =>
  readGenerationProblem(new LayersError({ code, status, message: 'No.', details })).kind;

describe('readGenerationProblem', () => {
  test.each<[string, number | null, Record<string, unknown> | null, GenerationProblemKind]>([
    ['BILLING_EXHAUSTED', 402, null, 'credits'],
    ['HTTP_402', 402, null, 'credits'],
    ['RATE_LIMITED', 429, { endpointClass: 'long-running' }, 'rate'],
    ['HTTP_429', 429, null, 'rate'],
    ['CONCURRENCY_LIMITED', 429, null, 'concurrency'],
    ['RATE_LIMITED', 429, { subcode: 'CONCURRENT_JOBS' }, 'concurrency'],
    ['TOO_MANY_JOBS', 429, null, 'concurrency'],
    ['IDEMPOTENCY_CONFLICT', 409, null, 'sent_before'],
    ['CONFLICT', 409, { status: 'processing' }, 'conflict'],
    ['CONFLICT', 409, { path: 'id' }, 'conflict'],
    ['VALIDATION', 422, { issues: [{ path: ['hook'], message: 'No' }] }, 'fields'],
    ['VALIDATION', 400, { missingFields: ['hook'] }, 'fields'],
    ['VALIDATION_FAILED', 400, null, 'invalid'],
    ['VALIDATION', 422, { issues: [{ path: [], message: 'Expected object' }] }, 'invalid'],
    ['INVALID_INPUT', null, { path: 'hook' }, 'fields'],
    ['FORBIDDEN_SCOPE', 403, null, 'forbidden'],
    ['UNAUTHENTICATED', 401, null, 'forbidden'],
    ['NOT_FOUND', 404, null, 'not_found'],
    ['KILL_SWITCH', 503, null, 'suspended'],
    ['INTERNAL', 500, { issues: [{ path: ['hook'], message: 'No' }] }, 'unknown'],
    ['UPSTREAM_TIMEOUT', 504, null, 'unknown'],
    ['HTTP_408', 408, null, 'unknown'],
    ['NETWORK', null, null, 'unknown'],
    ['TIMEOUT', null, null, 'unknown'],
    ['INVALID_RESPONSE', null, { path: 'jobId' }, 'unknown'],
    ['SOMETHING_NEW', 418, null, 'refused'],
  ])('%s %s %j is %s', (code, status, details, kind) => {
    expect(kindOf(code, status, details)).toBe(kind);
  });

  test.each<[Record<string, unknown> | null, number | null]>([
    [{ available: 50, required: 120 }, 70],
    [{ availableCredits: 0, estimatedCredits: 50 }, 50],
    [{ missing: 3 }, 3],
    [{ available: 0.5, required: 1 }, 1],
    [{ available: '50', required: 120 }, null],
    [{ available: 200, required: 120 }, null],
    [{ required: Number.POSITIVE_INFINITY, available: 1 }, null],
    [{}, null],
    [null, null],
  ])('of %j, %s credits are missing', (details, missing) => {
    const error = new LayersError({ code: 'BILLING_EXHAUSTED', status: 402, message: 'No.', details });
    expect(readGenerationProblem(error).missingCredits).toBe(missing);
  });

  test('what is no error of ours is refused, and says no more', () => {
    expect(readGenerationProblem(new TypeError('no'))).toEqual({ kind: 'refused', fields: [], missingCredits: null, retryAfterMs: null });
  });
});
