import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Decisions } from '../../src/schedule/decisions.js';

const ID = 'cnt_7d18b9a1-8b2c-4f3e-a4d5-6e7f8a9b0c1d';
const KEY = '7d18b9a1-8b2c-4f3e-a4d5-6e7f8a9b0c1d';
const LATER = Number.POSITIVE_INFINITY;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('while a decision is under way', () => {
  test('what waits for approval is shown as decided, in the word of the server still pending', () => {
    const decisions = new Decisions();
    decisions.begin(ID, 'approved');
    expect(decisions.review(KEY, 'pending', LATER)).toEqual({ approvalStatus: 'approved', rawApprovalStatus: 'pending' });
  });

  test('by either spelling of the id', () => {
    const decisions = new Decisions();
    decisions.begin(KEY, 'rejected');
    expect(decisions.review(KEY, 'pending', LATER).approvalStatus).toBe('rejected');
  });

  test.each([
    ['rejected', 'rejected'],
    ['not_required', 'not_required'],
    ['a_word_of_a_newer_server', 'unknown'],
  ])('what a read says is %s is shown as it is', (raw, approvalStatus) => {
    const decisions = new Decisions();
    decisions.begin(ID, 'approved');
    expect(decisions.review(KEY, raw, LATER)).toEqual({ approvalStatus, rawApprovalStatus: raw });
  });

  test('no other container is touched, and none is once it has ended', () => {
    const decisions = new Decisions();
    const open = decisions.begin(ID, 'approved');
    expect(decisions.review('another', 'pending', LATER).approvalStatus).toBe('pending');
    expect(decisions.end(open)).toBeNull();
    expect(decisions.review(KEY, 'pending', LATER).approvalStatus).toBe('pending');
  });

  test('the end of an older one leaves the newer one as it is', () => {
    const decisions = new Decisions();
    const first = decisions.begin(ID, 'approved');
    decisions.begin(ID, 'rejected');
    decisions.end(first);
    expect(decisions.review(KEY, 'pending', LATER).approvalStatus).toBe('rejected');
  });
});

describe('what the server said of a decision', () => {
  test('holds against every answer that was asked for before, and against none that was asked for later', () => {
    const decisions = new Decisions();
    const before = Date.now();
    decisions.settle(ID, 'approved');
    expect(decisions.review(KEY, 'pending', before)).toEqual({ approvalStatus: 'approved', rawApprovalStatus: 'approved' });
    expect(decisions.review(KEY, 'pending', LATER).approvalStatus).toBe('pending');
  });

  test('is what the end of a decision gives, unless it was said before that began', () => {
    const decisions = new Decisions();
    decisions.settle(ID, 'rejected');
    vi.advanceTimersByTime(1_000);
    const open = decisions.begin(ID, 'approved');
    expect(decisions.end(open)).toBeNull();
    decisions.settle(ID, 'approved');
    expect(decisions.end(open)).toBe('approved');
  });

  test('is remembered of the last 500', () => {
    const decisions = new Decisions();
    const before = Date.now();
    for (let index = 0; index <= 500; index += 1) decisions.settle(`c${index}`, 'approved');
    expect(decisions.review('c0', 'pending', before).approvalStatus).toBe('pending');
    expect(decisions.review('c1', 'pending', before).approvalStatus).toBe('approved');
  });
});
