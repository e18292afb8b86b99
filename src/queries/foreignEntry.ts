import type { ContainerSummary } from '../model/container.js';
import type { Told } from '../schedule/told.js';
import type { ContainerEntry } from '../entries/entry.js';
import { asEntry, notAhead } from '../entries/makeEntry.js';
import { toldOf } from '../entries/toldOf.js';

/** Data that somebody else wrote to the cache, and what was known of its container. */
interface Foreign {
  data: unknown;
  /** When it was read, on the clock of `monotonicNow`. */
  readAt: number;
  before: ContainerEntry | undefined;
  /** The row of a list, where there is no entry. */
  found: { row: ContainerSummary; readAt: number } | undefined;
}

/** The entry for data that somebody else wrote (the host, hydration): merged like a response of its time. `undefined`: there is none. */
export function foreignEntry(
  { data, readAt, before, found }: Foreign,
  now: number,
  merge: (entry: ContainerEntry, told: Told) => ContainerEntry | undefined,
): ContainerEntry | undefined {
  const written = asEntry(data, readAt);
  if (written === undefined) return undefined;
  const theirs = notAhead(written, now);
  if (before === undefined)
    return (found && merge(theirs, { kind: 'row', id: theirs.id, value: found.row, askedAt: found.readAt })) ?? theirs;
  const isDecided = theirs.approvalStatus !== before.approvalStatus && theirs.rawApprovalStatus === before.rawApprovalStatus;
  const told = toldOf(isDecided ? { ...theirs, rawApprovalStatus: theirs.approvalStatus } : theirs, readAt);
  const next = told.reduce((entry, each) => merge(entry, each) ?? entry, before);
  // Of the same revision, so that the host can put back what was there.
  return next === before ? before : { ...next, sources: { ...next.sources, revision: before.sources.revision } };
}
