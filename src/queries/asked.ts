import type { QueryClient } from '@tanstack/react-query';
import type { LayersClient } from '../schedule/scheduledClient.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { LayersError } from '../model/errors.js';
import type { ReadKind } from '../schedule/told.js';
import { ownReadOf, readsOf } from './ownReads.js';

/** The queries whose next read, or the one that waits, a person asked for. */
export const asked = new WeakSet<object>();

/** A person refetches a query. TanStack lets that join a first fetch under way, and tells nobody: what waits for its turn as first data goes ahead from now on. */
export function askFor(client: LayersClient, queryClient: QueryClient, queryKey: readonly unknown[]): void {
  const query = queryClient.getQueryCache().find({ queryKey, exact: true });
  if (query === undefined) return;
  const { data, fetchStatus } = query.state;
  const own = ownReadOf(query);
  if (own === undefined || data !== undefined || fetchStatus === 'idle') {
    asked.add(query);
    client.lines['read-light'].queue.pump();
  } else for (const kind of readsOf(query, own.follow.wants as ReadKind)) void readFirst(client, kind, own.follow.id);
}

/** Reads something ahead of its turn, for all that wait for it. */
async function readFirst({ schedule }: LayersClient, kind: ReadKind, id: string): Promise<void> {
  const askedAt = monotonicNow();
  try {
    await schedule.read(kind, id, 'person');
  } catch (error) {
    if ((error as LayersError).code !== 'CLOSED') schedule.tell([{ kind: 'error', id, read: kind, error, askedAt }]);
  }
}
