import { shareEqual } from '../internal/shareEqual.js';
import type { Container, ContainerSummary } from '../model/container.js';
import { containerKey } from '../model/ids.js';
import type { Preview } from '../model/preview.js';
import { type ContainerStatus, isTerminalStatus } from '../model/status.js';
import { type AdvanceProgressOptions, advanceProgress } from '../progress/advanceProgress.js';
import { compareDates, laterDate } from '../progress/dates.js';
import type { Decisions } from '../schedule/decisions.js';
import type { Told } from '../schedule/told.js';
import { bareRow, type ContainerEntry, progressOf } from './entry.js';
import { entryFrom, statusDate, statusSnapshot } from './makeEntry.js';

/** Context of {@link mergeEntry}. */
export interface MergeContext {
  /** On the clock of `monotonicNow`, in milliseconds. */
  now: number;
  decisions: Pick<Decisions, 'review'>;
  estimate: AdvanceProgressOptions;
}

/** The fields that belong to one generation and its end. */
type Outcome = Pick<Container, 'status' | 'rawStatus' | 'preview' | 'lastError' | 'completedAt' | 'failedAt'>;

/**
 * Merges a result into the entry of a container. Newer wins, by the server's clock or by when it was requested; a field that a source doesn't carry is kept; a
 * status never goes back; a decision in flight overrides the approval. Returns `known` itself if nothing changed. Pure.
 */
export function mergeEntry(known: ContainerEntry | undefined, told: Told, context: MergeContext): ContainerEntry | undefined {
  const next = isOfBefore(known, told) ? known : merged(known, told, context);
  if (next === undefined || next === known) return next;
  // Only a record or a row carries an approval that may be older than a decision.
  const askedAt = told.kind === 'record' || told.kind === 'row' ? told.askedAt : Number.POSITIVE_INFINITY;
  const review = context.decisions.review(containerKey(next.id), next.rawApprovalStatus, askedAt);
  const endedAskedAt = next.isTerminal && !known?.isTerminal ? told.askedAt : next.sources.endedAskedAt;
  const shared: ContainerEntry = shareEqual(known, { ...next, ...review, sources: { ...next.sources, endedAskedAt } });
  return shared === known ? known : { ...shared, sources: { ...shared.sources, revision: (known?.sources.revision ?? 0) + 1 } };
}

/** Whether a response is late: requested before the one that showed the end, and still in flight. */
function isOfBefore(known: ContainerEntry | undefined, told: Told): boolean {
  if (!known?.isTerminal || (told.kind !== 'progress' && told.kind !== 'row')) return false;
  return told.askedAt <= known.sources.endedAskedAt && !isTerminalStatus(told.value.status);
}

function merged(known: ContainerEntry | undefined, told: Told, context: MergeContext): ContainerEntry | undefined {
  switch (told.kind) {
    case 'record':
      return withRecord(known, told.value, told.askedAt, context);
    case 'row':
      return withRow(known, told.value, told.askedAt, context);
    case 'progress':
      return withProgress(known, told, context);
    case 'accepted':
      return withAccepted(known, told, context);
    case 'approval':
      return known && { ...known, rawApprovalStatus: told.status };
    case 'decision':
      return known && { ...known };
    default:
      return known;
  }
}

function withRecord(known: ContainerEntry | undefined, record: Container, askedAt: number, context: MergeContext): ContainerEntry {
  if (known === undefined) {
    const entry = entryFrom(record, false, context.now);
    return { ...entry, sources: { ...entry.sources, recordAskedAt: askedAt } };
  }
  if (askedAt < (known.sources.recordAskedAt ?? 0) || askedAt < known.sources.lifeAskedAt) return known;
  const sources = { ...known.sources, recordAskedAt: askedAt, isInDoubt: isInDoubt(known, record) };
  const words = { ...known, ...record, updatedAt: record.updatedAt ?? known.updatedAt, projectId: record.projectId ?? known.projectId };
  if (!holds(known, record))
    return { ...words, ...outcomeOf(known), assets: known.assets, isPartial: known.isPartial && known.isTerminal, sources };
  return withStatus({ ...words, isPartial: false, sources: { ...sources, isInDoubt: false } }, known, context);
}

function withRow(known: ContainerEntry | undefined, row: ContainerSummary, askedAt: number, context: MergeContext): ContainerEntry {
  if (known === undefined) return entryFrom(row, true, context.now);
  if (askedAt < known.sources.lifeAskedAt) return known;
  const isOlder = askedAt < (known.sources.recordAskedAt ?? 0);
  const words: ContainerEntry = {
    ...known,
    projectId: known.projectId ?? row.projectId,
    format: row.format ?? known.format,
    hook: isOlder ? known.hook : (row.hook ?? known.hook),
    caption: isOlder ? known.caption : (row.caption ?? known.caption),
    creativeType: known.sources.recordAskedAt === null ? row.creativeType : known.creativeType,
    createdAt: known.createdAt ?? row.createdAt,
    rawApprovalStatus: isOlder || row.rawApprovalStatus === '' ? known.rawApprovalStatus : row.rawApprovalStatus,
  };
  if (!holds(known, row)) return { ...words, sources: { ...known.sources, isInDoubt: isInDoubt(known, row) } };
  if (isOlder && row.status === known.status) return words;
  const isTerminal = isTerminalStatus(row.status);
  const livesAgain = known.isTerminal && !isTerminal;
  const before: Pick<Outcome, 'preview' | 'lastError' | 'completedAt' | 'failedAt'> = livesAgain ? nothingYet : known;
  return withStatus(
    {
      ...words,
      status: row.status,
      rawStatus: row.rawStatus,
      updatedAt: laterDate(row.updatedAt, known.updatedAt),
      preview: furtherPreview(before.preview, row.preview),
      lastError: row.lastError ?? before.lastError,
      completedAt: row.completedAt ?? before.completedAt,
      failedAt: row.failedAt ?? before.failedAt,
      isPartial: known.isPartial || isTerminal !== known.isTerminal,
      sources: { ...known.sources, isInDoubt: false },
    },
    known,
    context,
  );
}

function withProgress(known: ContainerEntry | undefined, told: Told & { kind: 'progress' }, context: MergeContext): ContainerEntry {
  const base = known ?? entryFrom(bareRow(told.id, told.value), true, context.now);
  if (told.askedAt < base.sources.lifeAskedAt) return base;
  // The estimate starts with the first progress snapshot, not with a status.
  const previous = base.sources.hasProgress || known?.isTerminal ? progressOf(base) : null;
  const progress = advanceProgress(previous, { ...told.value, containerId: base.containerId }, context.now, estimateOf(base, context));
  const sources = { ...base.sources, hasProgress: true, progressUpdatedAt: progress.updatedAt, isInDoubt: false };
  if (progress === previous) return base.sources.isInDoubt ? { ...base, sources: { ...base.sources, isInDoubt: false } } : base;
  const { updatedAt, ...flat } = progress;
  const livesAgain = known?.isTerminal === true && !progress.isTerminal;
  return {
    ...base,
    ...flat,
    // If the first snapshot is the end, the start is that of the status seen before.
    startedAt: progress.isTerminal ? base.startedAt : progress.startedAt,
    ...(livesAgain && { ...nothingYet, assets: [] }),
    updatedAt: laterDate(updatedAt, base.updatedAt),
    isPartial: base.isPartial || base.isTerminal !== progress.isTerminal,
    sources: { ...sources, ...(livesAgain && { lifeAskedAt: told.askedAt }) },
  };
}

/** The outcome fields of a generation that has just started. */
const nothingYet = { preview: null, lastError: null, completedAt: null, failedAt: null };

/** A container whose job was accepted: queued, as a new generation if it existed before. */
function withAccepted(
  known: ContainerEntry | undefined,
  told: Told & { kind: 'accepted' },
  context: MergeContext,
): ContainerEntry | undefined {
  const { job, id, isAgain, preserveAssets } = told;
  if (job.isReplay || (known !== undefined && !known.isTerminal && !isAgain)) return known;
  const startedMs = Date.parse(job.startedAt ?? '');
  // Progress can be dated in whole seconds: a fraction here would make its first snapshot look older.
  const updatedAt = Number.isNaN(startedMs) ? null : new Date(Math.floor(startedMs / 1000) * 1000).toISOString();
  const queued = { status: 'queued', rawStatus: 'queued', updatedAt } as const;
  const snapshot = { ...statusSnapshot(id, queued), stage: job.stage };
  const base = known ?? entryFrom({ ...bareRow(id, queued), projectId: job.projectId, createdAt: job.startedAt }, true, context.now);
  const begun = advanceProgress(base.sources.hasProgress || base.isTerminal ? progressOf(base) : null, snapshot, context.now);
  // An accepted job starts a new generation, whatever the dates.
  const progress =
    begun.status === 'queued'
      ? begun
      : { ...advanceProgress(null, snapshot, context.now), memory: { ...begun.memory, life: begun.memory.life + 1 } };
  const { updatedAt: progressUpdatedAt, ...flat } = progress;
  const isDecided = base.rawApprovalStatus === 'approved' || base.rawApprovalStatus === 'rejected';
  return {
    ...base,
    ...flat,
    ...(isDecided && { rawApprovalStatus: 'pending' }),
    ...(!preserveAssets && { preview: null, assets: [] }),
    lastError: null,
    completedAt: null,
    failedAt: null,
    isPartial: true,
    sources: {
      ...base.sources,
      hasProgress: true,
      progressUpdatedAt,
      lifeAskedAt: known === undefined ? 0 : told.askedAt,
      isInDoubt: false,
    },
  };
}

/** Whether a source's status applies: a status never goes back, unless the server dates it later. */
function holds(known: ContainerEntry, told: Pick<ContainerSummary, 'status' | 'updatedAt'>): boolean {
  if (rank(told.status) >= rank(known.status)) return true;
  return isInDoubt(known, told) && compareDates(told.updatedAt, statusDate(known)) === 'newer';
}

const isInDoubt = (known: ContainerEntry, told: Pick<ContainerSummary, 'status'>): boolean =>
  isTerminalStatus(known.status) && (told.status === 'queued' || told.status === 'processing');

const rank = (status: ContainerStatus) => (isTerminalStatus(status) ? 2 : status === 'queued' ? 0 : 1);

/** Aligns the progress of an entry with its status. */
function withStatus(next: ContainerEntry, known: ContainerEntry, context: MergeContext): ContainerEntry {
  if (next.status === known.status && next.rawStatus === known.rawStatus) return next;
  const { stage, stageProgress, sources } = known;
  const snapshot = { ...statusSnapshot(known.containerId, next), ...(sources.hasProgress && { stage, stageProgress }) };
  const progress = advanceProgress(
    sources.hasProgress ? progressOf(known) : null,
    snapshot,
    context.now,
    sources.hasProgress ? estimateOf(next, context) : {},
  );
  const { updatedAt: progressUpdatedAt, ...flat } = progress;
  // If the progress refuses the status, its own status applies to the whole entry.
  const isRefused = progress.status !== next.status;
  const startedAt = sources.hasProgress || known.isTerminal ? flat.startedAt : known.startedAt;
  return { ...next, ...(isRefused && outcomeOf(known)), ...flat, startedAt, sources: { ...next.sources, progressUpdatedAt } };
}

function estimateOf(entry: ContainerEntry, { estimate }: MergeContext): AdvanceProgressOptions {
  return { createdAt: entry.createdAt, ...(entry.format !== null && { format: entry.format }), ...estimate };
}

function outcomeOf({ status, rawStatus, preview, lastError, completedAt, failedAt }: Outcome): Outcome {
  return { status, rawStatus, preview, lastError, completedAt, failedAt };
}

/** The more complete of two previews: rows of the old edition have a poster only. */
function furtherPreview(known: Preview | null, told: Preview | null): Preview | null {
  if (told === null || known === null) return known ?? told;
  return told.primaryUrl === null && known.primaryUrl !== null ? known : told;
}
