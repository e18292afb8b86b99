import { containerKey } from '../model/ids.js';
import type { ProgressSnapshot } from '../model/progress.js';
import { isTerminalStatus } from '../model/status.js';
import type { ContainerProgress } from './ContainerProgress.js';
import { compareDates, laterDate, secondsBetween } from './dates.js';
import { estimate } from './estimate.js';
import { advanceEtaFilter } from './etaFilter.js';
import { steer } from './motion.js';
import { highest, isNumber, within } from './numbers.js';
import type { AdvanceProgressOptions } from './options.js';
import { MOST_BEFORE_COMPLETED, progressAt, STANDSTILL_SECONDS } from './progressAt.js';
import { readSnapshot, sameSnapshot } from './snapshot.js';
import { advanceStages, noStages } from './stageTrack.js';

export type { AdvanceProgressOptions } from './options.js';

/** The latest moment that a JavaScript date can name, in milliseconds. */
const LATEST = 8.64e15;
/** A `createdAt` further back belongs to an earlier life (a container keeps it when it is regenerated): jobs take minutes. */
const LONGEST_BEFORE_SECONDS = 7200;
/** A life first seen at no more of a stage counts as seen from its start, where no dates are given. */
const FOOT_OF_A_STAGE = 0.05;
/** … and so does one that was missed for no longer than this. */
const MISSED_SECONDS = 5;
/** What was shown before is of another life where it is ahead of the estimate by more, in percent. */
const MOST_AHEAD = 15;

/**
 * Folds one progress snapshot into what is known of a container's whole job (model rule 6). Pure: it reads no clock, and the same input gives the
 * same output.
 *
 * 1. `percent` never falls over a life; it is 100 if and only if the status is `completed`, at most 99 before.
 * 2. Within a stage the shown `stageProgress` never falls.
 * 3. A snapshot older than one already taken in (`updatedAt`, server's clock against server's clock) and one that says nothing new give back
 *    `previous` itself. A date that is missing or cannot be read counts as not older.
 * 4. A terminal status absorbs everything, except a newer snapshot that is in flight again: that starts a new life.
 *
 * `queued` and `unknown` claim nothing new: they keep the `percent` there is. So do `failed` and `canceled`. Time in the queue is part of the job.
 * `percent` is `null` while it is not known for how long the job has run: no `createdAt`, no start of its job, and not seen from its start. Where the
 * server tells the share of the whole job, that is `percent`.
 *
 * @param previous what the last call gave back; `null` at first, and taken as `null` where it is of another container
 * @param nowMs milliseconds on a clock of the caller's; where it runs backwards or is not a number, time stands still
 * @param options what else the estimate may rest on
 */
export function advanceProgress(
  previous: ContainerProgress | null,
  snapshot: ProgressSnapshot,
  nowMs: number,
  options: AdvanceProgressOptions = {},
): ContainerProgress {
  const known = previous !== null && containerKey(previous.containerId) === containerKey(snapshot.containerId) ? previous : null;
  const read = readSnapshot(snapshot);
  const age = compareDates(read.updatedAt, known?.memory.newestUpdatedAt ?? null);
  const revives = age === 'newer' && (read.status === 'queued' || read.status === 'processing');
  if (known !== null && (age === 'older' || (known.isTerminal && !revives))) return known;

  const before = known === null || known.isTerminal ? null : known;
  const now = readableNow(nowMs, known?.observedAt);
  const waited = before === null ? 0 : (now - before.observedAt) / 1000;
  const seconds = before !== null && age === 'newer' ? secondsSeen(waited, before.updatedAt, read.updatedAt) : waited;
  const seen = advanceStages(before === null ? noStages : { stages: before.stages, track: before.memory.track }, {
    stage: read.stage,
    share: read.stageProgress,
    seconds,
    newer: age === 'newer',
  });
  const sameStage = before !== null && seen.track.index === before.memory.track.index;
  const unnamedShare = sameStage ? highest(before.stageProgress, read.stageProgress) : read.stageProgress;
  const jobShare = highest(before?.jobProgress ?? null, read.jobProgress ?? null);
  const shown: ProgressSnapshot = {
    ...read,
    ...(jobShare !== null && { jobProgress: jobShare }),
    stageProgress: seen.track.index === -1 ? unnamedShare : (seen.track.shares[seen.track.index] ?? null),
  };
  const life = (known?.memory.life ?? 0) + (before === null ? 1 : 0);
  const watchedSeconds = before === null ? 0 : before.memory.watchedSeconds + seconds;
  // What tells when it began often comes after the first snapshot, and between two: its date is then that of the one before.
  const datedAt = before === null || age === 'newer' ? watchedSeconds : before.memory.watchedSeconds;
  const beganBefore = (date: string | null | undefined) =>
    read.updatedAt === null ? knownBefore(date, options.serverTime, watchedSeconds) : knownBefore(date, read.updatedAt, datedAt);
  const secondsBefore =
    before?.memory.secondsBefore ??
    beganBefore(options.jobStartedAt) ??
    // A container keeps its `createdAt` when it is regenerated.
    (life === 1 ? beganBefore(options.createdAt) : followsAtOnce(known, read.updatedAt));
  const saysNothingNew = before !== null && sameSnapshot(before, shown);
  if (saysNothingNew && secondsBefore === before.memory.secondsBefore) return before;

  const seenFromStart =
    before === null
      ? (life > 1 && options.createdAt === undefined) || startsHere(read, secondsBefore, options.createdAt)
      : (before.memory.seenFromStart || before.memory.secondsBefore === null) &&
        (secondsBefore ?? (before.memory.seenFromStart ? 0 : Number.POSITIVE_INFINITY)) <= MISSED_SECONDS;
  const elapsed = secondsBefore === null && !seenFromStart ? null : watchedSeconds + (secondsBefore ?? 0);
  const eta = saysNothingNew
    ? before.memory.eta
    : advanceEtaFilter(before?.memory.eta ?? null, read.status === 'unknown' ? null : read.etaSeconds, now);
  const isTerminal = isTerminalStatus(read.status);
  const isShareTold = isNumber(read.jobProgress);
  const jobToldAt = isShareTold ? watchedSeconds : before?.memory.jobToldAt;
  const toldShare =
    jobShare === null ? null : { share: jobShare, isNew: isShareTold, seconds: watchedSeconds - (jobToldAt ?? watchedSeconds) };
  const job = isTerminal ? null : estimate({ elapsed, told: toldShare, at: now, eta, seen }, options);
  const claim = claimOf(read.status, before);
  const share = read.status === 'processing' ? (job?.share ?? null) : null;
  const kept = life === 1 && share !== null && isShownOf(share, options.shownPercent) ? options.shownPercent : null;
  const barAt = (before === null ? null : progressAt(before, now).percent) ?? kept;
  // What the server says of the whole job is shown as it is said.
  const isSaid = isShareTold || waited >= STANDSTILL_SECONDS;
  const motion = job === null || share === null ? null : steer(share, job.sharePerSecond, barAt, isSaid);
  const percent = read.status === 'completed' ? 100 : (motion?.percent ?? claim.percent);

  return {
    ...shown,
    isTerminal,
    percent,
    basis: motion === null || job === null ? claim.basis : job.basis,
    percentPerSecond: motion?.percentPerSecond ?? null,
    remainingSeconds: job?.remaining ?? null,
    observedAt: now,
    startedAt: before?.startedAt ?? now,
    stageStartedAt: sameStage ? before.stageStartedAt : now,
    stages: seen.stages,
    memory: {
      newestUpdatedAt: laterDate(read.updatedAt, known?.memory.newestUpdatedAt ?? null),
      shownPercent: percent === null ? null : Math.max(percent, barAt ?? 0),
      secondsBefore,
      watchedSeconds,
      seenFromStart,
      life,
      ...(jobToldAt !== undefined && { jobToldAt }),
      track: seen.track,
      eta,
    },
  };
}

/** Whether a percent that was shown before can be of the life that an estimate is of. */
function isShownOf(share: number, percent: number | null | undefined): percent is number {
  return isNumber(percent) && percent >= 0 && percent <= MOST_BEFORE_COMPLETED && percent - 100 * share <= MOST_AHEAD;
}

/** Seconds between two snapshots: by the server's dates where a page was hidden or asleep, or its clock was set. */
function secondsSeen(waited: number, from: string | null, to: string | null): number {
  return waited < STANDSTILL_SECONDS ? waited : within(secondsBetween(from, to) ?? waited, 0, waited);
}

/** What a snapshot without an estimate claims: everything when completed, else what was claimed before. */
function claimOf(status: ProgressSnapshot['status'], before: ContainerProgress | null): Pick<ContainerProgress, 'percent' | 'basis'> {
  if (status === 'completed') return { percent: 100, basis: 'completed' };
  return { percent: before?.percent ?? null, basis: before?.basis ?? null };
}

function readableNow(nowMs: number, earliest = 0): number {
  return isNumber(nowMs) ? within(nowMs, earliest, LATEST) : earliest;
}

/**
 * Seconds from a container's creation to its first snapshot, by the server's clock; `null` where that cannot be or is not known.
 * @param watched seconds from its first snapshot to this one
 */
function knownBefore(createdAt: string | null | undefined, updatedAt: string | null | undefined, watched: number): number | null {
  const seconds = secondsBetween(createdAt, updatedAt);
  return seconds === null || seconds < 0 || seconds - watched > LONGEST_BEFORE_SECONDS ? null : Math.max(0, seconds - watched);
}

/** 0 where a life was seen so soon after the one before it that nothing of it was missed; `null`: not so, or not dated. */
function followsAtOnce(known: ContainerProgress | null, updatedAt: string | null): 0 | null {
  const seconds = secondsBetween(known?.memory.newestUpdatedAt, updatedAt);
  return known?.isTerminal && seconds !== null && seconds <= MISSED_SECONDS ? 0 : null;
}

/** Whether a life that is first seen has just begun. The foot of a stage can be that of any: it counts only for a caller who leaves dates out. */
function startsHere(
  { status, stageProgress }: ProgressSnapshot,
  secondsBefore: number | null,
  createdAt: string | null | undefined,
): boolean {
  if (secondsBefore !== null) return secondsBefore <= MISSED_SECONDS;
  return status === 'queued' || (createdAt === undefined && stageProgress !== null && stageProgress <= FOOT_OF_A_STAGE);
}
