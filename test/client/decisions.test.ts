import { describe, expect, test } from 'vitest';
import { Decisions } from '../../src/client/decisions.js';
import { readApprovalStatus } from '../../src/model/status.js';

const ID = 'cnt_7d18b9a1-8b2c-4f3e-a4d5-6e7f8a9b0c1d';
const row = (raw: string) => ({ id: ID, approvalStatus: readApprovalStatus(raw), rawApprovalStatus: raw });
const NEVER = Number.POSITIVE_INFINITY;

describe('while a decision is on its way', () => {
  test('a read that says pending shows it as taken, in the word of the server still pending', () => {
    const decisions = new Decisions();
    decisions.begin(ID, 'approved');
    expect(decisions.hold(row('pending'), decisions.mark(), NEVER)).toEqual({ ...row('pending'), approvalStatus: 'approved' });
  });

  test('it is the same container without its prefix', () => {
    const decisions = new Decisions();
    decisions.begin(ID.replace('cnt_', ''), 'rejected');
    expect(decisions.hold(row('pending'), 0, NEVER).approvalStatus).toBe('rejected');
  });

  test('a read that says what somebody else decided is shown as it is', () => {
    const decisions = new Decisions();
    decisions.begin(ID, 'approved');
    expect(decisions.hold(row('rejected'), 0, NEVER)).toEqual(row('rejected'));
  });

  test('a word of a newer server is shown as it is', () => {
    const decisions = new Decisions();
    decisions.begin(ID, 'approved');
    expect(decisions.hold(row('escalated'), 0, NEVER)).toEqual(row('escalated'));
  });

  test('after it ended without success a read shows what the server says', () => {
    const decisions = new Decisions();
    expect(decisions.end(decisions.begin(ID, 'approved'))).toBeNull();
    expect(decisions.hold(row('pending'), 0, 0)).toEqual(row('pending'));
  });

  test('the end of an earlier decision leaves a later one open', () => {
    const decisions = new Decisions();
    const first = decisions.begin(ID, 'approved');
    decisions.begin(ID, 'rejected');
    decisions.end(first);
    expect(decisions.hold(row('pending'), 0, NEVER).approvalStatus).toBe('rejected');
  });
});

describe('after a decision was settled', () => {
  test('a read that left before does not undo it, one that left after is believed', () => {
    const decisions = new Decisions();
    const before = decisions.mark();
    decisions.settle(ID, 'approved');
    expect(decisions.hold(row('pending'), before, NEVER)).toEqual(row('approved'));
    expect(decisions.hold(row('pending'), decisions.mark(), NEVER)).toEqual(row('pending'));
  });

  test('a read that another tab had begun before does not undo it either', () => {
    const decisions = new Decisions();
    const askedAt = Date.now() - 1_000;
    decisions.settle(ID, 'approved');
    expect(decisions.hold(row('pending'), decisions.mark(), askedAt)).toEqual(row('approved'));
  });

  test('what was settled since it began is what holds', () => {
    const decisions = new Decisions();
    decisions.settle(ID, 'pending');
    const open = decisions.begin(ID, 'approved');
    decisions.settle(ID, 'rejected');
    expect(decisions.end(open)).toBe('rejected');
  });

  test('a conflict that says it is still pending leaves the next decision shown', () => {
    const decisions = new Decisions();
    const before = decisions.mark();
    decisions.settle(ID, 'pending');
    decisions.begin(ID, 'approved');
    expect(decisions.hold(row('pending'), before, NEVER).approvalStatus).toBe('approved');
  });
});
