import { describe, expect, test } from 'vitest';
import { mergeEntry } from '../../src/entries/mergeEntry.js';
import type { ContainerEntry } from '../../src/entries/entry.js';
import { Decisions } from '../../src/schedule/decisions.js';
import type { Told } from '../../src/schedule/told.js';
import { ofProgress, ofRecord, ofRow, record, row, snapshot } from './support.js';

const unknown: ContainerEntry | undefined = undefined;

/** Merges results, each at its own moment in milliseconds. */
const at = (steps: [now: number, told: Told][]): ContainerEntry => {
  const context = (now: number) => ({ now, decisions: new Decisions(), estimate: {} });
  return steps.reduce<ContainerEntry | undefined>((known, [now, told]) => mergeEntry(known, told, context(now)), unknown) as ContainerEntry;
};

/** A minute after the creation, with a minute left. */
const progress = (more: object = {}) => ofProgress(snapshot(more), 40);

describe('a container opened midway', () => {
  test('has no number, but the time left, as long as nothing tells when its job began', () => {
    expect(at([[1_000, progress()]])).toMatchObject({ percent: null, basis: null });
    expect(at([[1_000, progress()]]).remainingSeconds).toBeCloseTo(60, -1);
  });

  test.each([0, 0.04])('has none at the foot of a stage either, at %d: it can be any stage', (stageProgress) => {
    expect(at([[1_000, progress({ stageProgress })]]).percent).toBeNull();
  });

  test.each([
    ['a row', ofRow(row({ createdAt: '2026-01-01T00:00:00Z' }), 41)],
    ['a record', ofRecord(record(), 41)],
  ])('has the right one as soon as %s tells it, not with the next reading', (_, told) => {
    const late = at([
      [1_000, progress()],
      [5_000, told],
    ]);
    // A minute when it was read, and four seconds since.
    expect(late.memory.secondsBefore).toBe(60);
    expect(late.percent).toBeCloseTo(53, 0);
    expect(late.basis).toBe('eta');
    expect(late).toMatchObject({ stage: 'generating_visuals', stageProgress: 0.4 });
  });

  test('has it at once where its row was there first', () => {
    expect(
      at([
        [0, ofRow(row(), 10)],
        [1_000, progress()],
      ]).percent,
    ).toBeCloseTo(50, 0);
  });

  test('takes up what comes after it has ended without a number', () => {
    const ended = at([
      [1_000, progress()],
      [2_000, progress({ status: 'failed', rawStatus: 'failed', etaSeconds: null, updatedAt: '2026-01-01T00:01:01Z' })],
      [3_000, ofRecord(record({ status: 'failed', failedAt: '2026-01-01T00:01:01Z' }), 50)],
    ]);
    expect(ended).toMatchObject({ status: 'failed', percent: null, isTerminal: true });
  });
});
