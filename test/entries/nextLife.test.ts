import { describe, expect, test } from 'vitest';
import { rowOf } from '../../src/entries/entry.js';
import { factsOf } from '../../src/entries/facts.js';
import { entryFrom } from '../../src/entries/makeEntry.js';
import { accepted, merge, ofProgress, ofRecord, ofRow, record, row, snapshot, video } from './support.js';

const ended = { status: 'completed', completedAt: '2026-01-01T00:03:00Z' };
const completedRow = ofRow(rowOf(record({ hook: null, ...ended })));
const threeHoursLater = { updatedAt: '2026-01-01T03:00:00Z' };

describe('regenerated hours after its creation', () => {
  test('it has been in flight since the regeneration was accepted, also once its progress is read', () => {
    const serverNow = Date.parse('2026-01-01T03:00:05Z');
    const startOf = (more: Parameters<typeof merge>[0]) =>
      factsOf(merge([ofRecord(record(ended)), accepted({ startedAt: '2026-01-01T03:00:00Z' }), ...more]), {
        history: null,
        now: 5_000,
        serverNow,
      }).startedAt;
    expect(startOf([])).toBe(2_000);
    expect(startOf([ofProgress(snapshot({ updatedAt: '2026-01-01T03:00:02Z' }), 40)])).toBe(2_000);
  });

  test('a row that the server dates later shows nothing of the progress of the last life', () => {
    const watched = ofProgress(
      snapshot({ status: 'completed', rawStatus: 'completed', stage: 'finalizing', stageProgress: 1, updatedAt: ended.completedAt }),
    );
    expect(merge([watched, ofRow(row(threeHoursLater), 20)])).toMatchObject({
      status: 'processing',
      stage: null,
      stageProgress: null,
      stages: [],
      memory: { life: 2 },
    });
  });

  test('its bar begins at its foot where that was seen, whoever told that it is in flight again', () => {
    const anHourLater = { status: 'queued', rawStatus: 'queued', updatedAt: '2026-01-01T01:00:00Z' } as const;
    const first = ofProgress(snapshot({ stageProgress: 0.1, updatedAt: '2026-01-01T01:00:02Z' }), 40);
    expect(merge([completedRow, ofRow(row(anHourLater), 20), first]).percent).toBeLessThan(10);
    expect(merge([completedRow, ofRecord(record(anHourLater), 20), first]).percent).toBeLessThan(10);
  });

  test('its bar has no number where nobody saw it begin: its creation is that of the container', () => {
    const midway = ofRow(row({ updatedAt: '2026-01-01T01:00:00Z' }), 20);
    const entry = merge([completedRow, midway, ofProgress(snapshot({ updatedAt: '2026-01-01T01:00:02Z' }), 40)]);
    expect(entry).toMatchObject({ percent: null, stage: 'generating_visuals' });
    expect(entry.remainingSeconds).toBeGreaterThan(50);
  });

  test('a record of its last end that was asked for before, and comes after, does not end it', () => {
    expect(merge([completedRow, ofRow(row(threeHoursLater), 20), ofRecord(record(ended), 15)])).toMatchObject({
      status: 'processing',
      isTerminal: false,
    });
  });
});

describe('an end that nothing dates', () => {
  const failed = { status: 'failed', rawStatus: 'failed' } as const;
  const again = ofProgress(snapshot({ updatedAt: '2026-01-01T03:00:05Z' }), 40);
  const ends = [
    ['a row that failed', [ofRow(row(failed))]],
    ['a record that was canceled', [ofRecord(record({ status: 'canceled' }))]],
    [
      'a row that failed, whose record dates it',
      [ofRow(row(failed)), ofRecord(record({ status: 'failed', failedAt: '2026-01-01T00:05:00Z' }), 20)],
    ],
  ] as const;

  test.each(ends)('is over once its progress confirms a doubt: %s', (_, told) => {
    expect(merge([...told, ofRow(row(), 30), again])).toMatchObject({
      status: 'processing',
      isTerminal: false,
      lastError: null,
      sources: { isInDoubt: false },
    });
  });

  test.each(ends)('stays without a doubt, whatever undated progress says: %s', (_, told) => {
    expect(merge([...told, ofProgress(snapshot({ updatedAt: null }), 40)]).isTerminal).toBe(true);
  });

  test.each(ends)('stays where its progress says so too: %s', (_, told) => {
    const { status } = merge(told);
    const same = ofProgress(snapshot({ status, rawStatus: status, updatedAt: null }), 40);
    expect(merge([...told, ofRow(row(), 30), same])).toMatchObject({ status, isTerminal: true, sources: { isInDoubt: false } });
  });

  test('that its record dates is not undone by a progress from before it', () => {
    const told = ends[2][1];
    const late = ofProgress(snapshot({ updatedAt: '2026-01-01T00:04:00Z' }), 40);
    expect(merge([...told, ofRow(row(), 30), late])).toMatchObject({ status: 'failed', isTerminal: true });
  });
});

describe('a record that is still missing', () => {
  const completed = { status: 'completed', completedAt: '2026-01-01T00:03:00Z', updatedAt: '2026-01-01T00:03:00Z', preview: video };

  test('is taken where what is known bears the later date of a progress', () => {
    const known = merge([
      ofRow(row({ updatedAt: '2026-01-01T00:00:01Z' })),
      ofProgress(snapshot({ status: 'completed', rawStatus: 'completed', updatedAt: '2026-01-01T00:03:00.500Z' }), 20),
    ]);
    const elsewhere = entryFrom(rowOf(known), 3_000);
    expect(merge([ofRecord(record(completed), 5_000)], undefined, elsewhere)).toMatchObject({
      isPartial: false,
      hook: 'A quiet morning',
      preview: { kind: 'video' },
    });
  });

  test('is taken after a regeneration that a list dates by another clock than the record', () => {
    const listed = { ...completed, completedAt: '2026-01-01T03:04:00Z' };
    const entry = merge([
      ofRecord(record({ status: 'completed', updatedAt: '2026-01-01T00:01:00Z' })),
      accepted(),
      ofRow(rowOf(record({ ...listed, preview: null, updatedAt: '2026-01-01T03:04:01Z' })), 40),
      ofRecord(record({ ...listed, updatedAt: '2026-01-01T03:04:00Z' }), 50),
    ]);
    expect(entry).toMatchObject({ isPartial: false, preview: { kind: 'video' } });
  });

  test('is not taken where it was asked for before one that was', () => {
    const told = [
      ofRecord(record({ updatedAt: '2026-01-01T00:02:00Z', caption: 'new' }), 20),
      ofProgress(snapshot({ status: 'completed', rawStatus: 'completed', updatedAt: '2026-01-01T00:03:00Z' }), 30),
      ofRecord(record({ updatedAt: '2026-01-01T00:01:00Z', caption: 'old' }), 10),
    ];
    expect(merge(told)).toMatchObject({ status: 'completed', caption: 'new', isPartial: true });
  });
});
