import type { QueryClient } from '@tanstack/react-query';
import type { LayersClient } from '../schedule/scheduledClient.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { LayersError } from '../model/errors.js';
import type { ReadKind } from '../schedule/told.js';
import { ownReads, readsOf } from './ownReads.js';

/** The queries whose next read, or the one that waits, a person asked for. */
export const asked = new WeakSet<object>();

/**
 * Says that a person refetches a query. TanStack lets a refetch join a first fetch that is under way, and tells nobody: what waits for its turn as first data
 * goes ahead from now on.
 */
export function askFor(client: LayersClient, queryClient: QueryClient, queryKey: readonly unknown[]): void {
  const query = queryClient.getQueryCache().find({ queryKey, exact: true });
  if (query === undefined) return;
  const { data, fetchStatus } = query.state;
  const own = typeof query.options.queryFn === 'function' ? ownReads.get(query.options.queryFn) : undefined;
  if (own === undefined || data !== undefined || fetchStatus === 'idle') {
    asked.add(query);
    client.lines['read-light'].queue.pump();
  } else for (const kind of readsOf(query, own.follow.wants as ReadKind)) void readFirst(client, kind, own.follow.id);
}

/** Waits for a slot as first data of a list, and as a person's read as soon as one asks. */
export const enterFirst = ({ lines, schedule }: LayersClient, query: object, signal: AbortSignal): Promise<void> =>
  lines['read-light'].queue.enter(() => (asked.has(query) ? 'person' : 'list'), schedule, signal);

/** Reads something ahead of its turn, for all that wait for it. */
async function readFirst({ schedule }: LayersClient, kind: ReadKind, id: string): Promise<void> {
  const askedAt = monotonicNow();
  try {
    await schedule.read(kind, id, 'person');
  } catch (error) {
    if ((error as LayersError).code !== 'CLOSED') schedule.tell([{ kind: 'error', id, read: kind, error, askedAt }]);
  }
}
