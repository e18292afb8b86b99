import type { Query, QueryClient } from '@tanstack/react-query';
import { monotonicNow } from '../internal/monotonicNow.js';
import { containerKey } from '../model/ids.js';
import type { Told } from '../schedule/told.js';
import { type ContainerEntry, toldOf } from '../entries/entry.js';
import { asEntry, notAhead } from '../entries/makeEntry.js';
import { agreedOf } from './agreed.js';
import { findRow } from './list/patchLists.js';

/** The entry for data that somebody else wrote to a query (the host, hydration): merged like a response of its time. `undefined`: there is none. */
export function foreignEntry(
  queryClient: QueryClient,
  query: Query,
  merge: (entry: ContainerEntry, told: Told) => ContainerEntry | undefined,
): ContainerEntry | undefined {
  const now = monotonicNow();
  const readAt = Math.min(query.state.dataUpdatedAt, now);
  const written = asEntry(query.state.data, readAt);
  if (written === undefined) return undefined;
  const theirs = notAhead(written, now);
  const before = agreedOf(query) as ContainerEntry | undefined;
  if (before === undefined) {
    const [, scope, , id] = query.queryKey;
    const found = findRow(queryClient, String(scope), containerKey(String(id)));
    return (found && merge(theirs, { kind: 'row', id: theirs.id, value: found.row, askedAt: found.readAt })) ?? theirs;
  }
  const isDecided = theirs.approvalStatus !== before.approvalStatus && theirs.rawApprovalStatus === before.rawApprovalStatus;
  const told = toldOf(isDecided ? { ...theirs, rawApprovalStatus: theirs.approvalStatus } : theirs, readAt);
  const next = told.reduce((entry, each) => merge(entry, each) ?? entry, before);
  // Of the same revision, so that the host can put back what was there.
  return next === before ? before : { ...next, sources: { ...next.sources, revision: before.sources.revision } };
}
