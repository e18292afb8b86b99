import { describe, expect, it, test } from 'vitest';
import {
  type DecisionState,
  failureSentence,
  fieldIssue,
  reviewSentence,
  type ReviewState,
  reviewState,
} from '../../src/components/ApprovalActions/reviewState.js';
import { LayersError } from '../../src/model/errors.js';
import type { ApprovalStatus, ContainerStatus } from '../../src/model/status.js';
import { englishMessages } from '../../src/components/messages.js';
import { decisionError, LONGEST_TEXT } from '../../src/queries/decisionText.js';

const NOTHING: DecisionState = { deciding: null, error: null, failed: null, scheduling: null, reason: null, isForbidden: false };
const container = (approvalStatus: ApprovalStatus, rawApprovalStatus: string = approvalStatus, status: ContainerStatus = 'completed') => ({
  status,
  approvalStatus,
  rawApprovalStatus,
});
const error = (code: string, status: number | null = null, details: Record<string, unknown> | null = null) =>
  new LayersError({ code, message: 'x', status, details });

describe('what is on the screen of a decision', () => {
  it.for<[ReviewState | null, ContainerStatus, ApprovalStatus]>([
    ['pending', 'completed', 'pending'],
    ['waiting', 'queued', 'pending'],
    ['waiting', 'processing', 'pending'],
    ['waiting', 'unknown', 'pending'],
    [null, 'failed', 'pending'],
    [null, 'canceled', 'pending'],
    [null, 'completed', 'not_required'],
    [null, 'completed', 'unknown'],
    ['approved', 'completed', 'approved'],
    ['rejected', 'completed', 'rejected'],
  ])('is %s for a container that is %s and %s', ([state, status, approval]) => {
    expect(reviewState(container(approval, approval, status), NOTHING)).toBe(state);
  });

  test('is a decision on its way, although the container shows it as taken', () => {
    expect(reviewState(container('approved', 'pending'), { ...NOTHING, deciding: 'approve' })).toBe('deciding');
  });

  test('follows a container without a raw word by its status', () => {
    expect(reviewState({ status: 'completed', approvalStatus: 'pending' }, NOTHING)).toBe('pending');
  });

  it.for<[ReviewState | null, ApprovalStatus]>([
    ['conflict', 'approved'],
    ['conflict', 'rejected'],
    ['conflict', 'not_required'],
    ['failed', 'pending'],
    [null, 'unknown'],
  ])('after a conflict is %s where what holds is %s', ([state, approval]) => {
    expect(reviewState(container(approval), { ...NOTHING, error: error('CONFLICT', 409), failed: 'approve' })).toBe(state);
  });

  test('after a conflict with a container that is made anew waits for it', () => {
    expect(reviewState(container('pending', 'pending', 'processing'), { ...NOTHING, error: error('CONFLICT', 409) })).toBe('waiting');
  });

  test('forgets a conflict that was about a decision which holds no more', () => {
    const conflict = error('CONFLICT', 409, { approvalStatus: 'approved' });
    expect(reviewState(container('pending'), { ...NOTHING, error: conflict })).toBe('pending');
  });

  test('is forbidden before the click where somebody was told so already, and after it', () => {
    expect(reviewState(container('pending'), { ...NOTHING, isForbidden: true })).toBe('forbidden');
    expect(reviewState(container('pending'), { ...NOTHING, error: error('FORBIDDEN_SCOPE', 403) })).toBe('forbidden');
    expect(reviewState(container('approved'), { ...NOTHING, isForbidden: true })).toBe('approved');
  });
});

describe('what is told of it', () => {
  const sentence = (state: ReviewState, approval: ApprovalStatus, decision: Partial<DecisionState> = {}) =>
    reviewSentence(state, container(approval), { ...NOTHING, ...decision }, englishMessages);

  test('who won, and that a rejection is final', () => {
    expect(sentence('conflict', 'approved')).toBe('Already approved elsewhere.');
    expect(sentence('conflict', 'rejected')).toBe('Already rejected elsewhere. A rejection is final.');
    expect(sentence('rejected', 'rejected')).toBe('A rejection is final.');
    expect(sentence('rejected', 'rejected', { reason: 'Off brand' })).toBe('Reason: Off brand');
  });

  test('that the post which waited was not scheduled, and nothing where it was', () => {
    expect(sentence('approved', 'approved', { scheduling: 'failed' })).toContain('not scheduled');
    expect(sentence('approved', 'approved', { scheduling: 'ok' })).toBeNull();
    expect(sentence('approved', 'approved', { scheduling: 'queued_by_a_newer_server' })).toBeNull();
  });

  it.for([
    ['NETWORK', null, 'There is no connection'],
    ['TIMEOUT', null, 'No answer came'],
    ['UPSTREAM_TIMEOUT', 504, 'No answer came'],
    ['HTTP_504', 504, 'No answer came'],
    ['HTTP_408', 408, 'No answer came'],
    ['CONFLICT', 409, 'cannot be decided right now'],
    ['FORBIDDEN_SCOPE', 403, 'but not decide'],
    ['RATE_LIMITED', 429, 'Too many decisions'],
    ['INTERNAL', 500, 'This was not saved. Try again.'],
  ] as const)('of %s (%s) in plain words', ([code, status, words]) => {
    expect(failureSentence(error(code, status), englishMessages)).toContain(words);
  });

  it.for([
    ['SOMETHING_NEW', 418],
    ['KILL_SWITCH', 503],
    ['UNAUTHORIZED', 401],
  ] as const)('of %s (%s), which another try cannot get past, without asking for one', ([code, status]) => {
    expect(failureSentence(error(code, status), englishMessages)).toBe('This was not saved.');
  });

  test("of what is not there in the server's own words", () => {
    const gone = error('NOT_FOUND', 404);
    expect(failureSentence(gone, englishMessages)).toBe(gone.message);
  });

  test('what the API says of a field, and nothing where it says it in no shape that is known', () => {
    const refusal = error('VALIDATION', 422, { issues: [{ path: ['reason'], message: 'Too long' }] });
    expect(fieldIssue(refusal, 'reason')).toBe('Too long');
    expect(fieldIssue(refusal, 'note')).toBeNull();
    for (const issues of ['reason', null, [null], [{ path: 'reason', message: 'x' }], [{ path: ['reason'], message: 7 }]])
      expect(fieldIssue(error('VALIDATION', 422, { issues }), 'reason')).toBeNull();
  });
});

describe('a text that goes with a decision', () => {
  const problemOf = (input: unknown) => decisionError(input as never)?.details ?? null;

  test('is counted like the API counts it', () => {
    expect(problemOf({ decision: 'reject', reason: 'x'.repeat(LONGEST_TEXT) })).toBeNull();
    expect(problemOf({ decision: 'reject', reason: 'x'.repeat(LONGEST_TEXT + 1) })).toEqual({ path: 'reason', problem: 'too-long' });
    expect(problemOf({ decision: 'approve', note: '🍯'.repeat(LONGEST_TEXT / 2) })).toBeNull();
    expect(problemOf({ decision: 'approve', note: `🍯${'🍯'.repeat(LONGEST_TEXT / 2)}` })).toEqual({ path: 'note', problem: 'too-long' });
  });

  test('has to be there for a rejection, and not for an approval', () => {
    for (const reason of ['', '  \n', undefined, null, 7])
      expect(problemOf({ decision: 'reject', reason })).toMatchObject({ problem: 'missing' });
    for (const note of ['', '  ', undefined, null]) expect(problemOf({ decision: 'approve', note })).toBeNull();
  });
});
