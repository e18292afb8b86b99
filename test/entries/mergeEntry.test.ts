import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Container } from '../../src/model/index.js';
import { type ContainerEntry, progressOf, recordOf, rowOf } from '../../src/entries/entry.js';
import { mergeEntry } from '../../src/entries/mergeEntry.js';
import { Decisions } from '../../src/schedule/decisions.js';
import type { Told } from '../../src/schedule/told.js';
import { accepted, id, merge, ofProgress, ofRecord, ofRow, record, row, snapshot, video } from './support.js';

describe('what a source does not carry', () => {
  test('erases nothing: a row leaves the words, the reason and the files of the record', () => {
    const failed = record({
      status: 'failed',
      lastError: { code: 'X', message: 'No voice' },
      assets: [{ assetId: 'a', kind: 'video', url: 'https://media.test/a.mp4' }],
    });
    const entry = merge([ofRecord(failed), ofRow(row({ status: 'failed', rawStatus: 'failed', lastError: null }), 20)]);
    expect(recordOf(entry)).toEqual(failed);
  });

  test('a poster of the old edition does not take the video away', () => {
    const done = record({ status: 'completed', preview: video });
    const poster = { ...(done.preview as NonNullable<Container['preview']>), primaryUrl: null, videoUrl: null } as Container['preview'];
    expect(merge([ofRecord(done), ofRow(row({ status: 'completed', rawStatus: 'completed', preview: poster }), 20)]).preview).toEqual(
      done.preview,
    );
  });

  test('a row or a progress alone is partial, the record is not, and its end makes it so again', () => {
    expect(merge([ofRow(row())]).isPartial).toBe(true);
    expect(merge([ofProgress(snapshot())]).isPartial).toBe(true);
    expect(merge([ofRow(row()), ofRecord(record(), 20)]).isPartial).toBe(false);
    const ended = merge([ofRecord(record()), ofProgress(snapshot({ status: 'completed', rawStatus: 'completed' }), 20)]);
    expect(ended).toMatchObject({ status: 'completed', isPartial: true, percent: 100 });
    expect(
      merge([
        ofRecord(record()),
        ofProgress(snapshot({ status: 'completed' }), 20),
        ofRecord(record({ status: 'completed', preview: video }), 30),
      ]),
    ).toMatchObject({ isPartial: false });
  });
});

describe('a status', () => {
  test('never goes back: an answer that was asked for before, or comes from a copy that lags, changes nothing', () => {
    const ended = [ofRecord(record({ status: 'completed', preview: video }), 20)];
    for (const late of [ofRow(row(), 10), ofRow(row(), 30), ofRecord(record(), 30), ofProgress(snapshot({ updatedAt: null }), 30)])
      expect(merge([...ended, late])).toMatchObject({ status: 'completed', isTerminal: true, preview: { kind: 'video' } });
  });

  test('in flight again without a date is a doubt, which its progress settles', () => {
    const done = [ofProgress(snapshot({ status: 'completed', rawStatus: 'completed' })), ofRecord(record({ status: 'completed' }), 20)];
    const doubted = merge([...done, ofRow(row(), 30)]);
    expect(doubted.sources.isInDoubt).toBe(true);
    const again = merge([...done, ofRow(row(), 30), ofProgress(snapshot({ updatedAt: '2026-01-02T00:00:00Z', stageProgress: 0.1 }), 40)]);
    expect(again).toMatchObject({ status: 'processing', isTerminal: false, isPartial: true, preview: null, sources: { isInDoubt: false } });
    const same = merge([...done, ofRow(row(), 30), ofProgress(snapshot({ status: 'completed', rawStatus: 'completed' }), 40)]);
    expect(same).toMatchObject({ status: 'completed', sources: { isInDoubt: false } });
  });

  test('that the server dates earlier changes no words and no approval, whenever it was asked for', () => {
    const newer = ofRecord(record({ updatedAt: '2026-01-01T00:02:00Z', caption: 'new', approvalStatus: 'approved' }), 10);
    const old = { updatedAt: '2026-01-01T00:01:00Z', caption: 'old', approvalStatus: 'pending' };
    const said = { caption: 'new', approvalStatus: 'approved', updatedAt: '2026-01-01T00:02:00Z' };
    for (const late of [ofRecord(record(old), 20), ofRow(rowOf(record(old)), 20)]) {
      expect(merge([newer, late])).toMatchObject(said);
      expect(merge([late, { ...newer, askedAt: 10 }])).toMatchObject(said);
    }
  });

  test('that the server dates earlier still ends it: two clocks of one server differ', () => {
    const ended = record({ updatedAt: '2026-01-01T00:01:00Z', status: 'completed', preview: video });
    expect(merge([ofRecord(record({ updatedAt: '2026-01-01T00:02:00Z' })), ofRecord(ended, 20)])).toMatchObject({
      status: 'completed',
      isPartial: false,
      preview: { kind: 'video' },
    });
  });

  test('a job that was accepted again begins another life, and nothing asked for before tells of it', () => {
    const done = ofRecord(record({ status: 'completed', approvalStatus: 'approved', preview: video }), 20);
    const entry = merge([done, accepted(), ofRecord(record({ status: 'completed', preview: video }), 25)]);
    expect(entry).toMatchObject({ status: 'queued', isTerminal: false, preview: null, approvalStatus: 'pending', hook: 'A quiet morning' });
  });

  test('another life has nothing of the progress of the last one, also where its job has no date', () => {
    const done = [ofProgress(snapshot(), 10), ofProgress(snapshot({ status: 'completed', rawStatus: 'completed', stageProgress: 1 }), 20)];
    const again = ofProgress(snapshot({ stageProgress: 0.1, updatedAt: '2026-01-02T00:00:00Z' }), 40);
    expect(merge([...done, accepted(), again])).toMatchObject({ stageProgress: 0.1, memory: { life: 2, track: { shares: [0.1] } } });
  });

  test('of a newer server is in flight, and kept as it was sent', () => {
    expect(merge([ofRow(row({ status: 'unknown', rawStatus: 'dreaming' }))])).toMatchObject({
      status: 'unknown',
      rawStatus: 'dreaming',
      isTerminal: false,
    });
  });
});

describe('made again elsewhere, and ended again before this page saw it in flight', () => {
  const assets = [{ assetId: 'a', kind: 'video', url: 'https://media.test/a.mp4' }];
  const completed = { status: 'completed', completedAt: '2026-01-01T00:05:00Z', preview: video, assets };
  const failed = { status: 'failed', failedAt: '2026-01-01T00:05:00Z', lastError: { code: 'X', message: 'No voice' } };
  const later = '2026-01-01T00:09:00Z';
  const watched = ofProgress(snapshot(), 5);
  const rowLike = (more: object) => ofRow(rowOf(record({ hook: null, ...more })), 20);

  test.each([[[]], [[watched]]])('it has nothing of the last outcome, and its record is to be read', (before) => {
    expect(merge([...before, ofRecord(record(failed)), rowLike({ status: 'completed', completedAt: later })])).toMatchObject({
      status: 'completed',
      percent: 100,
      failedAt: null,
      lastError: null,
      completedAt: later,
      isPartial: true,
      hook: 'A quiet morning',
    });
    expect(merge([...before, ofRecord(record(completed)), rowLike({ status: 'failed', failedAt: later })])).toMatchObject({
      status: 'failed',
      completedAt: null,
      preview: null,
      assets: [],
      isPartial: true,
    });
    expect(merge([...before, ofRecord(record(completed)), rowLike({ status: 'completed', completedAt: later })])).toMatchObject({
      completedAt: later,
      preview: null,
      assets: [],
      isPartial: true,
    });
  });

  test.each([[[]], [[watched]]])('its record says so too', (before) => {
    const again = ofRecord(record({ ...completed, completedAt: later }), 20);
    expect(merge([...before, ofRecord(record(failed)), again])).toMatchObject({
      status: 'completed',
      percent: 100,
      lastError: null,
      preview: { kind: 'video' },
      isPartial: false,
    });
  });

  test('a row that shows an earlier end, or the same one, changes no outcome', () => {
    const done = ofRecord(record(completed));
    for (const late of [
      rowLike({ status: 'failed', failedAt: '2026-01-01T00:03:00Z' }),
      rowLike({ status: 'completed', completedAt: completed.completedAt }),
      ofRow(rowOf(record({ status: 'failed', failedAt: later })), 5),
    ])
      expect(recordOf(merge([done, late]))).toEqual(record(completed));
  });

  test('in flight again by a row that the server dates later, it has no files either', () => {
    const again = rowLike({ status: 'processing', updatedAt: later });
    expect(merge([ofRecord(record(completed)), again])).toMatchObject({
      status: 'processing',
      preview: null,
      assets: [],
      completedAt: null,
    });
  });
});

test('a progress that was asked for before the end was known, and comes after it, begins no other life', () => {
  const late = ofProgress(snapshot({ updatedAt: '2026-01-01T00:02:00Z' }), 15);
  expect(merge([ofProgress(snapshot(), 10), ofRow(row({ status: 'completed', rawStatus: 'completed' }), 20), late])).toMatchObject({
    status: 'completed',
  });
});

describe('a decision', () => {
  const pending = record({ status: 'completed', approvalStatus: 'pending', preview: video });

  test('under way lies over what is read, and is gone when it fails', () => {
    const decisions = new Decisions();
    const open = decisions.begin(id, 'approved');
    const shown = merge(
      [
        ofRecord(pending),
        { kind: 'decision', id, askedAt: 11 },
        ofRow(row({ status: 'completed', rawStatus: 'completed', approvalStatus: 'pending', rawApprovalStatus: 'pending' }), 20),
      ],
      decisions,
    );
    expect(shown).toMatchObject({ approvalStatus: 'approved', rawApprovalStatus: 'pending' });
    decisions.end(open);
    expect(mergeEntry(shown, { kind: 'decision', id, askedAt: 30 }, { now: 9_000, decisions, estimate: {} })).toMatchObject({
      approvalStatus: 'pending',
    });
  });

  test('that was settled is not undone by an answer that was asked for before', () => {
    const decisions = new Decisions();
    decisions.settle(id, 'approved');
    const told: Told = { kind: 'approval', id, status: 'approved', askedAt: Date.now() };
    expect(merge([ofRecord(pending), told, ofRecord({ ...pending }, 20)], decisions)).toMatchObject({
      approvalStatus: 'approved',
      rawApprovalStatus: 'approved',
    });
  });
});

test('what says nothing new gives the same entry back', () => {
  const entry = merge([ofRecord(record()), ofProgress(snapshot(), 20)]);
  for (const told of [ofRow(row(), 30), ofProgress(snapshot(), 30)])
    expect(mergeEntry(entry, told, { now: 90_000, decisions: new Decisions(), estimate: {} })).toBe(entry);
});

const statuses = ['queued', 'processing', 'completed', 'failed', 'canceled', 'unknown'] as const;
const anyTold = fc.record({
  kind: fc.constantFrom('record', 'row', 'progress'),
  status: fc.constantFrom(...statuses),
  askedAt: fc.integer({ min: 0, max: 100 }),
  minute: fc.option(fc.integer({ min: 0, max: 59 }), { nil: null }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  hook: fc.constantFrom(null, 'A quiet morning'),
});

test('whatever is told in whatever order: record, row and progress say the same, words stay, and the share never falls within a life', () => {
  fc.assert(
    fc.property(fc.array(anyTold, { minLength: 1, maxLength: 30 }), (all) => {
      let entry: ContainerEntry | undefined;
      const decisions = new Decisions();
      for (const [index, { kind, status, askedAt, minute, share, hook }] of all.entries()) {
        const updatedAt = minute === null ? null : new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
        const told: Told =
          kind === 'record'
            ? ofRecord({ ...record({ hook: 'A quiet morning' }), status, rawStatus: status, updatedAt }, askedAt)
            : kind === 'row'
              ? ofRow(row({ status, rawStatus: status, hook }), askedAt)
              : ofProgress(snapshot({ status, rawStatus: status, stageProgress: share, updatedAt }), askedAt);
        const before = entry;
        entry = mergeEntry(entry, told, { now: index * 2_000, decisions, estimate: {} }) as ContainerEntry;
        const [progress, container] = [progressOf(entry), recordOf(entry)];
        expect(progress.status).toBe(container.status);
        expect(rowOf(entry).status).toBe(container.status);
        expect(progress.isTerminal).toBe(['completed', 'failed', 'canceled'].includes(container.status));
        expect(progress.percent === 100).toBe(container.status === 'completed');
        expect(entry.hook).toBe(before?.hook ?? entry.hook);
        const isOneLife = before !== undefined && before.memory.life === entry.memory.life && before.sources.hasProgress;
        const atLeast = isOneLife ? (before.percent ?? Number.NEGATIVE_INFINITY) : Number.NEGATIVE_INFINITY;
        expect(entry.percent ?? Number.NEGATIVE_INFINITY).toBeGreaterThanOrEqual(atLeast);
        expect(JSON.parse(JSON.stringify(entry))).toStrictEqual(entry);
      }
    }),
    { numRuns: 300 },
  );
});
