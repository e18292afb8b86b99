import { shareEqual } from '../internal/shareEqual.js';
import type { Container, ContainerSummary } from '../model/container.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';

/** Where the data of an entry comes from. Plain JSON; can change in any release. */
interface EntrySources {
  /** Increases with each write: of two versions of an entry, the higher one applies. */
  revision: number;
  /** When the record was requested, on the clock of `monotonicNow`; `null`: not read. */
  recordAskedAt: number | null;
  /** When a regeneration was accepted, on the clock of `monotonicNow`: earlier responses are ignored. 0: none. */
  lifeAskedAt: number;
  /** When the response that showed its end was requested: earlier requests can't show it in flight again. 0: none. */
  endedAskedAt: number;
  /** Whether its progress was read; otherwise the progress fields follow from its status. */
  hasProgress: boolean;
  /** `updatedAt` of the progress; `null`: none. */
  progressUpdatedAt: string | null;
  /** A response without a date shows an ended container in flight again. */
  isInDoubt: boolean;
}

/** Everything known about one container: one flat cache entry. `useContainer` and `useContainerProgress` are two views of it. */
export interface ContainerEntry extends Container, Omit<ContainerProgress, 'updatedAt'> {
  isPartial: boolean;
  sources: EntrySources;
}

/** The part of an entry that is its record. */
export function recordOf(entry: ContainerEntry): Container {
  return {
    ...rowOf(entry),
    captions: entry.captions,
    firstComment: entry.firstComment,
    brief: entry.brief,
    influencerId: entry.influencerId,
    sourceTiktokId: entry.sourceTiktokId,
    mediaId: entry.mediaId,
    adsEnrollment: entry.adsEnrollment,
    platformFit: entry.platformFit,
    assets: entry.assets,
    ...(entry.isPartial && { isPartial: true }),
  };
}

/** The part of an entry that is its progress. */
export function progressOf(entry: ContainerEntry): ContainerProgress {
  return {
    containerId: entry.containerId,
    status: entry.status,
    rawStatus: entry.rawStatus,
    stage: entry.stage,
    stageProgress: entry.stageProgress,
    etaSeconds: entry.etaSeconds,
    updatedAt: entry.sources.progressUpdatedAt,
    isTerminal: entry.isTerminal,
    percent: entry.percent,
    basis: entry.basis,
    percentPerSecond: entry.percentPerSecond,
    remainingSeconds: entry.remainingSeconds,
    observedAt: entry.observedAt,
    startedAt: entry.startedAt,
    stageStartedAt: entry.stageStartedAt,
    stages: entry.stages,
    memory: entry.memory,
  };
}

/** The part of an entry that a list row carries. */
export function rowOf(entry: ContainerSummary): ContainerSummary {
  return {
    id: entry.id,
    projectId: entry.projectId,
    status: entry.status,
    rawStatus: entry.rawStatus,
    approvalStatus: entry.approvalStatus,
    rawApprovalStatus: entry.rawApprovalStatus,
    format: entry.format,
    creativeType: entry.creativeType,
    hook: entry.hook,
    caption: entry.caption,
    preview: entry.preview,
    lastError: entry.lastError,
    createdAt: entry.createdAt,
    updatedAt: entry.updatedAt,
    completedAt: entry.completedAt,
    failedAt: entry.failedAt,
  };
}

/** A row of which only the status is known; every other field is `null` or unknown. */
export function bareRow(
  id: string,
  { status, rawStatus, updatedAt }: Pick<ContainerSummary, 'status' | 'rawStatus' | 'updatedAt'>,
): ContainerSummary {
  return {
    id,
    projectId: null,
    status,
    rawStatus,
    approvalStatus: 'unknown',
    rawApprovalStatus: '',
    format: null,
    creativeType: 'generated',
    hook: null,
    caption: null,
    preview: null,
    lastError: null,
    createdAt: null,
    updatedAt,
    completedAt: null,
    failedAt: null,
  };
}

/** Whether cached data is an entry; the host can have written a plain container or progress. */
export const isEntry = (value: unknown): value is ContainerEntry => typeof value === 'object' && value !== null && 'sources' in value;

/** Structural sharing of rows: an equal row keeps its identity. */
export const shareRow = (known: ContainerSummary | undefined, row: ContainerSummary): ContainerSummary => shareEqual(known, row);

/** What only a record carries, where none was read. */
const blank = {
  captions: [],
  firstComment: null,
  brief: null,
  influencerId: null,
  sourceTiktokId: null,
  mediaId: null,
  adsEnrollment: null,
  platformFit: null,
  assets: [],
} satisfies Partial<Container>;

/** The fields of a record, from a row or from a record. */
export const recordFrom = (known: ContainerSummary & Partial<Container>) => ({ ...blank, ...known });
