import { shareEqual } from '../internal/shareEqual.js';
import type { Container, ContainerSummary } from '../model/container.js';
import { containerKey } from '../model/ids.js';
import type { Job } from '../model/job.js';
import type { Preview } from '../model/preview.js';
import { type ContainerStatus, isTerminalStatus } from '../model/status.js';
import type { ProgressSnapshot } from '../model/progress.js';
import { type AdvanceProgressOptions, advanceProgress } from '../progress/advanceProgress.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { compareDates, laterDate } from '../progress/dates.js';
import type { Decisions } from '../schedule/decisions.js';
import type { Told } from '../schedule/told.js';
import { bareRow, type ContainerEntry, progressOf } from './entry.js';
import { entryFrom, statusDate, statusSnapshot, withProgressOf } from './makeEntry.js';

/** Context of {@link mergeEntry}. */
export interface MergeContext {
  /** On the clock of `monotonicNow`, in milliseconds. */
  now: number;
  decisions: Pick<Decisions, 'review'>;
  estimate: AdvanceProgressOptions;
}

/** The outcome of a generation that has just started. */
const nothingYet = { preview: null, assets: [], lastError: null, completedAt: null, failedAt: null };

/**
 * Merges a result into the entry of a container. Newer wins, by the server's clock or by when it was requested; a field that a source doesn't carry is kept; a
 * status never goes back; a decision in flight overrides the approval. Returns `known` itself if nothing changed. Pure.
 */
export function mergeEntry(known: ContainerEntry | undefined, told: Told, context: MergeContext): ContainerEntry | undefined {
  const next = known && isLate(known, told) ? known : merged(known, told, context);
  if (next === undefined || next === known) return next;
  // Only a record or a row carries an approval that may be older than a decision.
  const askedAt = told.kind === 'record' || told.kind === 'row' ? told.askedAt : Number.POSITIVE_INFINITY;
  const review = context.decisions.review(containerKey(next.id), next.rawApprovalStatus, askedAt);
  const endedAskedAt = next.isTerminal && !known?.isTerminal ? told.askedAt : next.sources.endedAskedAt;
  const shared: ContainerEntry = shareEqual(known, { ...next, ...review, sources: { ...next.sources, endedAskedAt } });
  return shared === known ? known : { ...shared, sources: { ...shared.sources, revision: (known?.sources.revision ?? 0) + 1 } };
}

/** Whether a response was requested before this generation, or shows it in flight and was requested before the one that showed its end. */
function isLate({ isTerminal, sources }: ContainerEntry, told: Told): boolean {
  if (told.kind !== 'record' && told.kind !== 'row' && told.kind !== 'progress') return false;
  if (told.askedAt < sources.lifeAskedAt) return true;
  return told.kind !== 'record' && isTerminal && told.askedAt <= sources.endedAskedAt && !isTerminalStatus(told.value.status);
}

function merged(known: ContainerEntry | undefined, told: Told, context: MergeContext): ContainerEntry | undefined {
  switch (told.kind) {
    case 'record':
    case 'row':
      return withRow(known, told, context);
    case 'progress':
      return withProgress(known, told, context);
    case 'share':
      return known && withShare(known, told.job, context);
    case 'accepted':
      return withAccepted(known, told, context.now);
    case 'approval':
      return known && { ...known, rawApprovalStatus: told.status };
    case 'decision':
      return known && { ...known };
    default:
      return known;
  }
}

/** A record or a row. Its status and outcome apply unless the status would go back. */
function withRow(known: ContainerEntry | undefined, told: Told & { kind: 'record' | 'row' }, context: MergeContext): ContainerEntry {
  const { kind, value, askedAt } = told;
  const recordAskedAt = kind === 'record' ? askedAt : (known?.sources.recordAskedAt ?? null);
  if (known === undefined) return entryFrom(value, context.now, recordAskedAt);
  const isOlder = isOlderThan(known, told);
  const verdict = isOlder && rank(value.status) <= rank(known.status) ? 'refused' : judge(known, value);
  if (isOlder && kind === 'record' && verdict === 'refused') return known;
  const next: ContainerEntry = { ...known, ...(kind === 'record' ? recordFields(known, value) : rowFields(known, value, isOlder)) };
  const recordUpdatedAt = laterDate(value.updatedAt, known.sources.recordUpdatedAt);
  const isInDoubt = isOlder ? known.sources.isInDoubt : verdict === 'doubt';
  const livesAgain = verdict === 'applies' && known.isTerminal && !isTerminalStatus(value.status);
  const life = livesAgain && { hasProgress: true, lifeAskedAt: askedAt };
  const sources = { ...known.sources, recordAskedAt, recordUpdatedAt, isInDoubt, ...life };
  if (verdict === 'applies') return withStart(withStatus({ ...next, sources }, known, context), context);
  const isPartial = known.isPartial && (kind === 'row' || known.isTerminal);
  return withStart({ ...next, ...outcomeOf(known), isPartial, sources }, context);
}

/** An entry whose progress says how much is done as soon as anything tells when its job began. */
function withStart(entry: ContainerEntry, context: MergeContext): ContainerEntry {
  const { isTerminal, sources, memory, createdAt } = entry;
  if (isTerminal || !sources.hasProgress || memory.secondsBefore !== null || createdAt === null) return entry;
  const known = progressOf(entry);
  const snapshot = { ...known, updatedAt: memory.newestUpdatedAt };
  const progress = advanceProgress(known, snapshot, context.now, estimateOf(entry, context));
  return progress === known ? entry : withProgressOf(entry, { ...progress, updatedAt: sources.progressUpdatedAt });
}

/** Whether a record or a row is older than what is known: by the server's clock, or where it has no date, by when it was requested. */
function isOlderThan({ sources, isPartial }: ContainerEntry, { kind, value, askedAt }: Told & { kind: 'record' | 'row' }): boolean {
  // A record that is still missing is taken at any date: the row it is compared with can have that of a progress, or of another clock.
  if (kind === 'record' && isPartial && askedAt >= (sources.recordAskedAt ?? 0)) return false;
  const age = compareDates(value.updatedAt, sources.recordUpdatedAt);
  return age === 'same or unknown' ? askedAt < (sources.recordAskedAt ?? 0) : age === 'older';
}

function recordFields(known: ContainerEntry, record: Container): Partial<ContainerEntry> {
  const { updatedAt, projectId } = record;
  return { ...record, updatedAt: laterDate(updatedAt, known.updatedAt), projectId: projectId ?? known.projectId, isPartial: false };
}

/** What a row carries: it erases nothing of its generation. @param isOlder it is older than the words that are known */
function rowFields(known: ContainerEntry, row: ContainerSummary, isOlder: boolean): Partial<ContainerEntry> {
  const isTerminal = isTerminalStatus(row.status);
  const isAgain = known.isTerminal && (row.status !== known.status || compareDates(endOf(row), endOf(known)) === 'newer');
  const before = isAgain ? nothingYet : known;
  return {
    projectId: known.projectId ?? row.projectId,
    format: row.format ?? known.format,
    createdAt: known.createdAt ?? row.createdAt,
    ...(known.sources.recordAskedAt === null && { creativeType: row.creativeType }),
    ...(!isOlder && {
      hook: row.hook ?? known.hook,
      caption: row.caption ?? known.caption,
      brief: row.brief ?? known.brief,
      rawApprovalStatus: row.rawApprovalStatus || known.rawApprovalStatus,
    }),
    status: row.status,
    rawStatus: row.rawStatus,
    updatedAt: laterDate(row.updatedAt, known.updatedAt),
    preview: furtherPreview(before.preview, row.preview),
    assets: before.assets,
    lastError: row.lastError ?? before.lastError,
    completedAt: row.completedAt ?? before.completedAt,
    failedAt: row.failedAt ?? before.failedAt,
    isPartial: known.isPartial || isAgain || isTerminal !== known.isTerminal,
  };
}

const endOf = ({ completedAt, failedAt }: ContainerSummary) => completedAt ?? failedAt;

function withProgress(known: ContainerEntry | undefined, told: Told & { kind: 'progress' }, context: MergeContext): ContainerEntry {
  const { id, value, askedAt } = told;
  const base = known ?? entryFrom(bareRow(id, value), context.now);
  // An estimate starts with the first progress snapshot, not with a status in flight.
  const previous = known && (known.sources.hasProgress || known.isTerminal) ? datedProgressOf(known) : null;
  const snapshot = { ...value, containerId: base.containerId };
  const progress =
    known && isUndatedAgain(known, value)
      ? newLife(known, snapshot, context.now)
      : advanceProgress(previous, snapshot, context.now, estimateOf(base, context));
  const sources = { ...base.sources, isInDoubt: false };
  if (progress === previous) return { ...base, sources };
  const livesAgain = base.isTerminal && !progress.isTerminal;
  const next: ContainerEntry = {
    ...base,
    ...(livesAgain && nothingYet),
    updatedAt: laterDate(progress.updatedAt, base.updatedAt),
    isPartial: base.isPartial || base.isTerminal !== progress.isTerminal,
    sources: { ...sources, hasProgress: true, ...(livesAgain && { lifeAskedAt: askedAt }) },
  };
  // If the first snapshot is the end, the start is that of the status seen before.
  return withProgressOf(next, progress.isTerminal ? { ...progress, startedAt: base.startedAt } : progress);
}

/** The progress of an entry, with the date of its end: what ended by a row without one may have it from its record. */
function datedProgressOf(known: ContainerEntry): ContainerProgress {
  const progress = progressOf(known);
  return known.isTerminal ? { ...progress, memory: { ...progress.memory, newestUpdatedAt: newestDate(known) } } : progress;
}

const newestDate = (known: ContainerEntry) => laterDate(statusDate(known), known.memory.newestUpdatedAt);

/** Whether its progress confirms a doubt: where nothing dates its end (canceled, or failed by a row), no date can be newer. */
function isUndatedAgain(known: ContainerEntry, { status }: ProgressSnapshot): boolean {
  const isInFlight = status === 'queued' || status === 'processing';
  return known.isTerminal && known.sources.isInDoubt && isInFlight && newestDate(known) === null;
}

/** A container whose job was accepted: queued, as a new generation if it existed before. */
function withAccepted(known: ContainerEntry | undefined, told: Told & { kind: 'accepted' }, now: number): ContainerEntry | undefined {
  const { job, id, isAgain, preserveAssets, askedAt } = told;
  if (job.isReplay || (known !== undefined && !known.isTerminal && !isAgain)) return known;
  const startedMs = Date.parse(job.startedAt ?? '');
  // Progress can be dated in whole seconds: a fraction here would make its first snapshot look older.
  const updatedAt = Number.isNaN(startedMs) ? null : new Date(Math.floor(startedMs / 1000) * 1000).toISOString();
  const queued = bareRow(id, { status: 'queued', rawStatus: 'queued', updatedAt });
  const base = known ?? entryFrom({ ...queued, projectId: job.projectId, createdAt: job.startedAt }, now);
  const snapshot = { ...statusSnapshot(queued), stage: job.stage };
  const isDecided = base.rawApprovalStatus === 'approved' || base.rawApprovalStatus === 'rejected';
  const next: ContainerEntry = {
    ...base,
    ...nothingYet,
    ...(preserveAssets && { preview: base.preview, assets: base.assets }),
    ...(isDecided && { rawApprovalStatus: 'pending' }),
    isPartial: true,
    sources: { ...base.sources, hasProgress: true, lifeAskedAt: known === undefined ? 0 : askedAt, isInDoubt: false, jobId: job.jobId },
  };
  return withProgressOf(next, known === undefined ? advanceProgress(null, snapshot, now) : newLife(known, snapshot, now));
}

/** How much of its job is done, where that is the one that makes it now. */
function withShare(known: ContainerEntry, job: Job, context: MergeContext): ContainerEntry {
  const { isTerminal, memory, sources } = known;
  const isOurs = sources.jobId === undefined || sources.jobId === job.jobId;
  if (isTerminal || !sources.hasProgress || !isOurs) return known;
  if (job.status !== 'running') {
    // It has nothing more to tell: what is in flight after it is another's.
    const { jobId: _, ...others } = sources;
    return { ...known, sources: others };
  }
  const next = { ...known, sources: { ...sources, jobId: job.jobId } };
  if (job.progress === null) return next;
  const before = progressOf(known);
  const snapshot = { ...before, updatedAt: memory.newestUpdatedAt, jobProgress: job.progress };
  const progress = advanceProgress(before, snapshot, context.now, { jobStartedAt: job.startedAt, ...estimateOf(known, context) });
  return progress === before ? next : withProgressOf(next, { ...progress, updatedAt: sources.progressUpdatedAt });
}

/** Whether a status applies: it never goes back, unless the server dates it later. In flight again without such a date, an ended container is in doubt. */
function judge(known: ContainerEntry, row: ContainerSummary): 'applies' | 'doubt' | 'refused' {
  const { status } = row;
  if (!known.isTerminal) return rank(status) >= rank(known.status) ? 'applies' : 'refused';
  if (status === 'unknown') return 'refused';
  const age = compareDates(statusDate(row), statusDate(known));
  if (isTerminalStatus(status)) return age === 'older' && status !== known.status ? 'refused' : 'applies';
  return age === 'newer' ? 'applies' : 'doubt';
}

const rank = (status: ContainerStatus) => (isTerminalStatus(status) ? 2 : status === 'queued' ? 0 : 1);

/** Aligns the progress of an entry with its status. */
function withStatus(next: ContainerEntry, known: ContainerEntry, context: MergeContext): ContainerEntry {
  if (next.status === known.status && next.rawStatus === known.rawStatus) return next;
  const { containerId, stage, stageProgress, startedAt, isTerminal, sources } = known;
  const snapshot = { ...statusSnapshot(next), containerId };
  // It ended another way since, or is in flight again: as another generation, whose progress nobody saw.
  if (isTerminal && next.status !== known.status) return withProgressOf(next, newLife(known, snapshot, context.now));
  if (!sources.hasProgress) {
    const progress = advanceProgress(null, snapshot, context.now);
    return withProgressOf(next, isTerminal ? progress : { ...progress, startedAt });
  }
  const progress = advanceProgress(progressOf(known), { ...snapshot, stage, stageProgress }, context.now, estimateOf(next, context));
  // If the progress refuses the status, its own status applies to the whole entry.
  return withProgressOf(progress.status === next.status ? next : { ...next, ...outcomeOf(known) }, progress);
}

/** The progress of another generation of the same container, whatever the dates. */
function newLife({ memory }: ContainerEntry, snapshot: ProgressSnapshot, now: number): ContainerProgress {
  const fresh = advanceProgress(null, snapshot, now, { createdAt: null });
  const newestUpdatedAt = laterDate(fresh.memory.newestUpdatedAt, memory.newestUpdatedAt);
  // Its container's creation says nothing of when this one began.
  const secondsBefore = fresh.memory.seenFromStart ? 0 : null;
  return { ...fresh, memory: { ...fresh.memory, newestUpdatedAt, secondsBefore, life: memory.life + 1 } };
}

function estimateOf({ createdAt, format }: ContainerEntry, { estimate }: MergeContext): AdvanceProgressOptions {
  return { createdAt, ...(format !== null && { format }), ...estimate };
}

/** The fields that belong to one generation and its end. */
function outcomeOf({ status, rawStatus, updatedAt, preview, assets, lastError, completedAt, failedAt }: ContainerEntry) {
  return { status, rawStatus, updatedAt, preview, assets, lastError, completedAt, failedAt };
}

/** The more complete of two previews: rows of the old edition have a poster only. */
function furtherPreview(known: Preview | null, told: Preview | null): Preview | null {
  if (told === null || known === null) return known ?? told;
  return told.primaryUrl === null && known.primaryUrl !== null ? known : told;
}
