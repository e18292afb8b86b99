import { beforeEach, describe, expect, test, vi } from 'vitest';
import { monotonicNow } from '../../src/internal/monotonicNow.js';
import { containerKey } from '../../src/model/ids.js';
import { readApprovalStatus } from '../../src/model/status.js';
import { Decisions } from '../../src/schedule/decisions.js';
import { stopTime } from '../support/time.js';

const ID = 'cnt_7d18b9a1-8b2c-4f3e-a4d5-6e7f8a9b0c1d';
const KEY = containerKey(ID);
const shown = (raw: string) => ({ approvalStatus: readApprovalStatus(raw), rawApprovalStatus: raw });
const LATER = Number.POSITIVE_INFINITY;

beforeEach(() => {
  stopTime();
});

/** Now, and time goes on after it. */
function mark(): number {
  const now = monotonicNow();
  vi.advanceTimersByTime(10);
  return now;
}

describe('while a decision is on its way', () => {
  test('a read that says pending shows it as taken, in the word of the server still pending', () => {
    const decisions = new Decisions();
    decisions.begin(ID, 'approved');
    expect(decisions.review(KEY, 'pending', mark())).toEqual({ approvalStatus: 'approved', rawApprovalStatus: 'pending' });
  });

  test('it is the same container without its prefix', () => {
    const decisions = new Decisions();
    decisions.begin(ID.replace('cnt_', ''), 'rejected');
    expect(decisions.review(KEY, 'pending', 0).approvalStatus).toBe('rejected');
  });

  test.each(['rejected', 'escalated'])('a read that says %s is shown as it is', (raw) => {
    const decisions = new Decisions();
    decisions.begin(ID, 'approved');
    expect(decisions.review(KEY, raw, LATER)).toEqual(shown(raw));
  });

  test('after it ended without success a read shows what the server says', () => {
    const decisions = new Decisions();
    expect(decisions.end(decisions.begin(ID, 'approved'))).toBeNull();
    expect(decisions.review(KEY, 'pending', 0)).toEqual(shown('pending'));
  });

  test('the end of an earlier decision leaves a later one open', () => {
    const decisions = new Decisions();
    const first = decisions.begin(ID, 'approved');
    decisions.begin(ID, 'rejected');
    decisions.end(first);
    expect(decisions.review(KEY, 'pending', LATER).approvalStatus).toBe('rejected');
  });

  test('another container is not decided with it', () => {
    const decisions = new Decisions();
    decisions.begin(ID, 'approved');
    expect(decisions.review('other', 'pending', LATER)).toEqual(shown('pending'));
  });
});

describe('after a decision was settled', () => {
  test('a read that was asked for before does not undo it, one that was asked for after is believed', () => {
    const decisions = new Decisions();
    const before = mark();
    decisions.settle(ID, 'approved');
    mark();
    expect(decisions.review(KEY, 'pending', before)).toEqual(shown('approved'));
    expect(decisions.review(KEY, 'pending', monotonicNow())).toEqual(shown('pending'));
  });

  test('what was settled since it began is what holds', () => {
    const decisions = new Decisions();
    decisions.settle(ID, 'pending');
    mark();
    const open = decisions.begin(ID, 'approved');
    decisions.settle(ID, 'rejected');
    expect(decisions.end(open)).toBe('rejected');
  });

  test('what was settled before it began says nothing of it', () => {
    const decisions = new Decisions();
    decisions.settle(ID, 'pending');
    mark();
    expect(decisions.end(decisions.begin(ID, 'approved'))).toBeNull();
  });

  test('a conflict that says it is still pending leaves the next decision shown', () => {
    const decisions = new Decisions();
    const before = mark();
    decisions.settle(ID, 'pending');
    decisions.begin(ID, 'approved');
    expect(decisions.review(KEY, 'pending', before).approvalStatus).toBe('approved');
  });

  test('it is not forgotten while hundreds of others are decided, and thousands are', () => {
    const decisions = new Decisions();
    const before = mark();
    decisions.settle(ID, 'approved');
    for (let index = 0; index < 400; index += 1) decisions.settle(`cnt_${index}`, 'approved');
    expect(decisions.review(KEY, 'pending', before)).toEqual(shown('approved'));
    for (let index = 0; index < 4_000; index += 1) decisions.settle(`cnt_${index}`, 'approved');
    expect(decisions.review(KEY, 'pending', before)).toEqual(shown('pending'));
  });
});
