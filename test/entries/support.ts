import { type AcceptedJob, type Container, type ContainerSummary, parseContainer, type ProgressSnapshot } from '../../src/model/index.js';
import { type ContainerEntry, rowOf } from '../../src/entries/entry.js';
import { mergeEntry } from '../../src/entries/mergeEntry.js';
import { Decisions } from '../../src/schedule/decisions.js';
import type { Told } from '../../src/schedule/told.js';

export const id = 'cnt_1';

export const video = {
  kind: 'video',
  primaryUrl: 'https://media.test/1.mp4',
  thumbnailUrl: 'https://media.test/1.jpg',
  videoUrl: 'https://media.test/1.mp4',
};

export const record = (more: object = {}): Container =>
  parseContainer({
    id,
    projectId: 'prj_1',
    status: 'processing',
    approvalStatus: 'not_required',
    hook: 'A quiet morning',
    createdAt: '2026-01-01T00:00:00Z',
    ...more,
  });

export const row = (more: Partial<ContainerSummary> = {}): ContainerSummary => ({ ...rowOf(record({ hook: null })), ...more });

export const snapshot = (more: Partial<ProgressSnapshot> = {}): ProgressSnapshot => ({
  containerId: id,
  status: 'processing',
  rawStatus: 'processing',
  stage: 'generating_visuals',
  stageProgress: 0.4,
  etaSeconds: 60,
  updatedAt: '2026-01-01T00:01:00Z',
  ...more,
});

const job = {
  jobId: 'job_1',
  kind: null,
  status: 'running',
  rawStatus: 'running',
  progress: null,
  stage: null,
  projectId: 'prj_1',
  containerIds: [id],
  startedAt: null,
  finishedAt: null,
  result: null,
  error: null,
  isReplay: false,
} satisfies AcceptedJob;

/** A regeneration that was accepted. */
export const accepted = (more: Partial<AcceptedJob> = {}, askedAt = 30): Told => ({
  kind: 'accepted',
  id,
  job: { ...job, ...more },
  preserveAssets: false,
  isAgain: true,
  askedAt,
});

export const ofRecord = (value: Container, askedAt = 10): Told => ({ kind: 'record', id, value, askedAt });
export const ofRow = (value: ContainerSummary, askedAt = 10): Told => ({ kind: 'row', id, value, askedAt });
export const ofProgress = (value: ProgressSnapshot, askedAt = 10): Told => ({ kind: 'progress', id, value, askedAt });

/** Merges what was told, a second apart from second 1 on. */
export function merge(told: readonly Told[], decisions = new Decisions(), known?: ContainerEntry): ContainerEntry {
  let entry = known;
  for (const [index, each] of told.entries()) entry = mergeEntry(entry, each, { now: 1_000 * (index + 1), decisions, estimate: {} });
  if (entry === undefined) throw new Error('nothing was told');
  return entry;
}
