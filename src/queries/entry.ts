import { shareEqual } from '../internal/shareEqual.js';
import type { Container, ContainerSummary } from '../model/container.js';
import type { ProgressSnapshot } from '../model/progress.js';
import { advanceProgress } from '../progress/advanceProgress.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { laterDate } from '../progress/dates.js';
import { isTerminalStatus } from '../model/status.js';

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

/** A status and what dates it. */
type Dated = Pick<ContainerSummary, 'status' | 'rawStatus' | 'updatedAt'> & Partial<Pick<ContainerSummary, 'completedAt' | 'failedAt'>>;

/** From when a status is, by the server's clock: records need not say when they changed, but say when they ended. */
export function statusDate({ status, updatedAt, completedAt = null, failedAt = null }: Omit<Dated, 'rawStatus'>): string | null {
  return isTerminalStatus(status) ? laterDate(updatedAt, completedAt ?? failedAt) : updatedAt;
}

/** The reading that a bare status is. */
export function statusSnapshot(containerId: string, dated: Dated): ProgressSnapshot {
  const { status, rawStatus } = dated;
  return { containerId, status, rawStatus, stage: null, stageProgress: null, etaSeconds: null, updatedAt: statusDate(dated) };
}

/** Creates an entry from a record, a row, or data the host wrote to the cache. `isPartial`: it is less than a record. */
export function entryFrom(known: ContainerSummary & Partial<Container>, isPartial: boolean, now: number): ContainerEntry {
  const { updatedAt: _, ...progress } = advanceProgress(null, statusSnapshot(known.id, known), now);
  return {
    captions: [],
    firstComment: null,
    brief: null,
    influencerId: null,
    sourceTiktokId: null,
    mediaId: null,
    adsEnrollment: null,
    platformFit: null,
    assets: [],
    ...progress,
    ...known,
    isPartial,
    sources: {
      revision: 1,
      recordAskedAt: isPartial ? null : now,
      lifeAskedAt: 0,
      endedAskedAt: 0,
      hasProgress: false,
      progressUpdatedAt: null,
      isInDoubt: false,
    },
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

const isEntry = (value: unknown): value is ContainerEntry => typeof value === 'object' && value !== null && 'sources' in value;

/** Structural sharing of rows: an equal row keeps its identity. */
export const shareRow = (known: ContainerSummary | undefined, row: ContainerSummary): ContainerSummary => shareEqual(known, row);

/** Cached data as an entry: the host can have written a plain container or progress. `undefined`: no data. */
export function asEntry(data: unknown, now: number): ContainerEntry | undefined {
  if (data === undefined || data === null) return undefined;
  if (isEntry(data)) return data;
  const entry = made.get(data) ?? entryOf(data as Container | ContainerProgress, now);
  made.set(data, entry);
  return entry;
}

/** Entries created from the host's data, so that they keep their identity. */
const made = new WeakMap<object, ContainerEntry>();

function entryOf(known: Container | ContainerProgress, now: number): ContainerEntry {
  if ('id' in known) return entryFrom(known, known.isPartial === true, now);
  const entry = entryFrom(bareRow(known.containerId, known), true, now);
  return { ...entry, ...known, sources: { ...entry.sources, hasProgress: true, progressUpdatedAt: known.updatedAt } };
}

/** TanStack's `structuralSharing` for entries and views of them: the result of a fetch must not overwrite later writes. */
export function shareEntry(previous: unknown, next: unknown): unknown {
  if (!isEntry(next)) return shareEqual(previous, next);
  return isEntry(previous) && previous.sources.revision > next.sources.revision ? previous : next;
}
