import { shareEqual } from '../internal/shareEqual.js';
import type { Container, ContainerSummary } from '../model/container.js';
import type { ProgressSnapshot } from '../model/progress.js';
import { isTerminalStatus } from '../model/status.js';
import { advanceProgress } from '../progress/advanceProgress.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { laterDate } from '../progress/dates.js';
import { bareRow, type ContainerEntry, isEntry, recordFrom } from './entry.js';

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
    ...progress,
    ...recordFrom(known),
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
