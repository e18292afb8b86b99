import { shareEqual } from '../internal/shareEqual.js';
import type { Container, ContainerSummary } from '../model/container.js';
import type { ProgressSnapshot } from '../model/progress.js';
import { isTerminalStatus } from '../model/status.js';
import { advanceProgress } from '../progress/advanceProgress.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { laterDate } from '../progress/dates.js';
import { bareRow, type ContainerEntry, isEntry, recordFrom } from './entry.js';

/** From when a status is, by the server's clock: records need not say when they changed, but say when they ended. */
export function statusDate({ status, updatedAt, completedAt, failedAt }: ContainerSummary): string | null {
  return isTerminalStatus(status) ? laterDate(updatedAt, completedAt ?? failedAt) : updatedAt;
}

/** The reading that a bare status is. */
export function statusSnapshot(row: ContainerSummary): ProgressSnapshot {
  const { id, status, rawStatus } = row;
  return { containerId: id, status, rawStatus, stage: null, stageProgress: null, etaSeconds: null, updatedAt: statusDate(row) };
}

/** Creates an entry from a record requested at `recordAskedAt`, or from less. */
export function entryFrom(known: ContainerSummary & Partial<Container>, now: number, recordAskedAt: number | null = null): ContainerEntry {
  const record = recordFrom(known);
  return {
    ...advanceProgress(null, statusSnapshot(record), now),
    ...record,
    isPartial: recordAskedAt === null,
    sources: {
      revision: 1,
      recordAskedAt,
      recordUpdatedAt: record.updatedAt,
      lifeAskedAt: 0,
      endedAskedAt: 0,
      hasProgress: false,
      progressUpdatedAt: null,
      isInDoubt: false,
    },
  };
}

/** An entry with another progress. */
export function withProgressOf(entry: ContainerEntry, { updatedAt, ...progress }: ContainerProgress): ContainerEntry {
  // Another life has no share of the last one.
  const { jobProgress: _, ...others } = entry;
  return { ...others, ...progress, sources: { ...entry.sources, progressUpdatedAt: updatedAt } };
}

/** Cached data as an entry: the host can have written a plain container or progress. `undefined`: no data, or nothing of the kind. */
export function asEntry(data: unknown, now: number): ContainerEntry | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  if (isEntry(data)) return data;
  const known = data as Container | ContainerProgress;
  if ('id' in known) return entryFrom(known, now, known.isPartial === true ? null : now);
  const entry = withProgressOf(entryFrom(bareRow(known.containerId, known), now), known);
  return { ...entry, sources: { ...entry.sources, hasProgress: true } };
}

/** An entry whose times aren't in the future: on a server, or in another session, the clock can have been ahead of this one. */
export function notAhead(entry: ContainerEntry, now: number): ContainerEntry {
  const { observedAt, startedAt, stageStartedAt, memory, sources } = entry;
  const { recordAskedAt, lifeAskedAt, endedAskedAt } = sources;
  const ahead = Math.max(observedAt, recordAskedAt ?? 0, lifeAskedAt, endedAskedAt) - now;
  if (ahead <= 0) return entry;
  return {
    ...entry,
    observedAt: observedAt - ahead,
    startedAt: startedAt - ahead,
    stageStartedAt: stageStartedAt - ahead,
    memory: { ...memory, eta: memory.eta && { ...memory.eta, at: memory.eta.at - ahead } },
    sources: {
      ...sources,
      recordAskedAt: recordAskedAt && recordAskedAt - ahead,
      lifeAskedAt: lifeAskedAt && lifeAskedAt - ahead,
      endedAskedAt: endedAskedAt && endedAskedAt - ahead,
    },
  };
}

/** TanStack's `structuralSharing` for entries and views of them: the result of a fetch must not overwrite later writes. */
export function shareEntry(previous: unknown, next: unknown): unknown {
  if (!isEntry(next)) return shareView(previous, next);
  return isEntry(previous) && previous.sources.revision > next.sources.revision ? previous : next;
}

/** `next` with every equal part of `previous`, or `previous` itself if nothing that can be seen has changed: a new date of the server's alone isn't news. */
export function shareView<View>(previous: unknown, next: View): View {
  const shared = shareEqual(previous, next);
  if (!isView(previous) || !isView(shared)) return shared;
  // A progress that moves is drawn from when it was observed; one that stands still looks the same however often it is read.
  const isStill = (shared['percentPerSecond'] ?? shared['remainingSeconds'] ?? null) === null;
  const quiet = isStill ? ['updatedAt', 'observedAt', 'memory'] : ['updatedAt'];
  const isNews = Object.keys({ ...previous, ...shared }).some((name) => !Object.is(previous[name], shared[name]) && !quiet.includes(name));
  return (isNews ? shared : previous) as View;
}

/** A record, row or progress, and not a part of one that the host has selected. */
const isView = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && 'rawStatus' in value;
