import { describe, expect, test } from 'vitest';
import { type Container, type ContainerSummary, parseContainer, parseJob, type ProgressHistory } from '../../src/core.js';
import { type ContainerEntry, rowOf } from '../../src/entries/entry.js';
import { entryFrom } from '../../src/entries/makeEntry.js';
import { factsOf, jobFacts } from '../../src/entries/facts.js';
import { mergeEntry } from '../../src/entries/mergeEntry.js';
import { Decisions } from '../../src/schedule/decisions.js';
import type { Told } from '../../src/schedule/told.js';

const NOW = 10_000_000;
/** The server's clock is three hours ahead. */
const SERVER_NOW = NOW + 3 * 3_600_000;
const at = (milliseconds: number) => new Date(SERVER_NOW + milliseconds).toISOString();
const video = { kind: 'video', primaryUrl: 'https://media.test/1.mp4', thumbnailUrl: null, videoUrl: 'https://media.test/1.mp4' };

const record = (more: object = {}): Container =>
  parseContainer({ id: 'cnt_1', projectId: 'prj_1', status: 'processing', format: 'video-remix', createdAt: at(-60_000), ...more });
const row = (more: object = {}): ContainerSummary => rowOf(record(more));
const ofRecord = (value: Container): ContainerEntry => entryFrom(value, NOW - 20_000, NOW - 20_000);
const ofRow = (value: ContainerSummary): ContainerEntry => entryFrom(value, NOW - 20_000);

function withProgress(entry: ContainerEntry | undefined, more: object = {}, now = NOW - 5_000): ContainerEntry {
  const value = {
    containerId: 'cnt_1',
    status: 'processing',
    rawStatus: 'processing',
    stage: 'generating_visuals',
    stageProgress: 0.4,
    etaSeconds: 30,
    updatedAt: null,
    ...more,
  } as const;
  const told: Told = { kind: 'progress', id: 'cnt_1', value, askedAt: now };
  return mergeEntry(entry, told, { now, decisions: new Decisions(), estimate: {} }) as ContainerEntry;
}

const facts = (entry: ContainerEntry, more: { history?: ProgressHistory | null; serverNow?: number | null } = {}) =>
  factsOf(entry, { history: null, now: NOW, serverNow: SERVER_NOW, ...more });

describe('what an entry says of when it is to be read', () => {
  test.each([
    ['queued', 'in-flight', false],
    ['processing', 'in-flight', false],
    ['dreaming', 'in-flight', true],
    ['completed', 'ended', false],
    ['failed', 'ended', false],
    ['canceled', 'ended', false],
  ])('%s is %s (a word of a newer server: %s)', (status, phase, isForeign) => {
    expect(facts(ofRow(row({ status })))).toMatchObject({ phase, isForeign });
  });

  test('its record is lacking while only a row or a progress is known', () => {
    expect(facts(ofRow(row())).lacksRecord).toBe(true);
    expect(facts(withProgress(undefined)).lacksRecord).toBe(true);
    expect(facts(ofRecord(record())).lacksRecord).toBe(false);
  });

  test('what came of it is lacking where only the record can tell: the media, or the reason', () => {
    expect(facts(ofRow(row({ status: 'completed' }))).lacksOutcome).toBe(true);
    expect(
      facts(ofRow(row({ status: 'completed', preview: { ...video, primaryUrl: null, thumbnailUrl: 'https://media.test/1.jpg' } })))
        .lacksOutcome,
    ).toBe(true);
    expect(facts(ofRow(row({ status: 'completed', preview: video }))).lacksOutcome).toBe(false);
    expect(facts(ofRow(row({ status: 'failed' }))).lacksOutcome).toBe(true);
    expect(facts(ofRow(row({ status: 'failed', lastError: { code: 'X', message: 'No voice' } }))).lacksOutcome).toBe(false);
    expect(facts(ofRow(row({ status: 'canceled' }))).lacksOutcome).toBe(false);
    expect(facts(ofRow(row())).lacksOutcome).toBe(false);
    // The record has been read, and there is none.
    expect(facts(ofRecord(record({ status: 'completed' }))).lacksOutcome).toBe(false);
  });
});

describe('when its job began', () => {
  test("is told by the server's dates on the server's clock, however far ours is from it", () => {
    expect(facts(ofRow(row())).startedAt).toBe(NOW - 60_000);
    expect(facts(ofRow(row()), { serverNow: null }).startedAt).toBeNull();
  });

  test('is not known from a date that lies ahead, is missing, or is of another day', () => {
    for (const createdAt of [at(60_000), null, at(-25 * 3_600_000)]) expect(facts(ofRow(row({ createdAt }))).startedAt).toBeNull();
  });

  test('is when its progress was first seen, and before that where it says so', () => {
    expect(facts(withProgress(undefined)).startedAt).toBe(NOW - 5_000);
  });
});

describe('its stage', () => {
  test('is its status where no stage is known, and began when that was seen', () => {
    expect(facts(ofRow(row()))).toMatchObject({ stage: 'processing', stageSince: NOW - 20_000 });
  });

  test('is kept through reads that find it in the same one', () => {
    const later = withProgress(withProgress(undefined), { stageProgress: 0.5 }, NOW);
    expect(facts(later)).toMatchObject({ stage: 'generating_visuals', stageSince: NOW - 5_000 });
    expect(facts(withProgress(later, { stage: 'finalizing', stageProgress: 0 }, NOW)).stageSince).toBe(NOW);
  });

  test('usually takes what it took at most in the lives that were seen; the whole job where only the status is known', () => {
    const history: ProgressHistory = {
      version: 1,
      formats: {
        'video-remix': [
          { stages: ['generating_visuals', 'finalizing'], seconds: [100, 10] },
          { stages: ['generating_visuals', 'finalizing'], seconds: [120, 5] },
        ],
        'ugc-remix': [{ stages: ['generating_visuals'], seconds: [900] }],
      },
    };
    expect(facts(withProgress(ofRow(row())), { history }).usualMs).toBe(120_000);
    expect(facts(ofRow(row()), { history }).usualMs).toBe(125_000);
    expect(facts(ofRow(row({ format: 'slideshow-remix' })), { history }).usualMs).toBeNull();
    expect(facts(withProgress(ofRow(row()))).usualMs).toBeNull();
  });
});

describe('news', () => {
  const news = (entry: ContainerEntry) => facts(entry).news;

  test('is a change of its status, its stage, the share of it that is done, or its date', () => {
    const before = withProgress(ofRow(row()));
    const changed = [
      { stage: 'finalizing' },
      { stageProgress: 0.5 },
      { status: 'completed', rawStatus: 'completed' },
      { updatedAt: at(0) },
    ];
    for (const more of changed) expect(news(withProgress(before, more))).not.toBe(news(before));
  });

  test('is nothing that the same answer says again', () => {
    const before = withProgress(ofRow(row()));
    expect(news(withProgress(before, { etaSeconds: 28 }, NOW))).toBe(news(before));
  });
});

test('the end that the server expects is counted from when it said so', () => {
  const { endsAt } = facts(withProgress(undefined));
  expect(endsAt).toBeGreaterThan(NOW - 5_000);
  expect(endsAt).toBeLessThanOrEqual(NOW + 60_000);
  expect(facts(ofRow(row())).endsAt).toBeNull();
});

test('a job is in flight while it is running, and its start is on the clock of the server', () => {
  const job = (more: object) =>
    jobFacts(
      parseJob({
        jobId: 'job_1',
        kind: 'content_generate',
        status: 'running',
        stage: 'generating_visuals',
        progress: 0.2,
        startedAt: at(-7_000),
        ...more,
      }),
      { history: null, now: NOW, serverNow: SERVER_NOW },
    );
  expect(job({})).toMatchObject({ phase: 'in-flight', startedAt: NOW - 7_000, stage: 'generating_visuals', lacksRecord: false });
  expect(job({ status: 'completed' }).phase).toBe('ended');
  expect(job({ progress: 0.3 }).news).not.toBe(job({}).news);
});
