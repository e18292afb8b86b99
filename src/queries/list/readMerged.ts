import type { Query, QueryClient } from '@tanstack/react-query';
import type { Answered } from '../../client/api.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import type { ContainerPage } from '../../model/containerPage.js';
import type { LayersError } from '../../model/errors.js';
import type { Turn } from '../../schedule/reads.js';
import type { LayersClient } from '../../schedule/scheduledClient.js';
import { asked } from '../asked.js';
import { cacheOf } from '../cacheOf.js';
import type { ContainerListQuery } from './containerListFilters.js';
import { type ListData, rowAt } from './listData.js';
import { type ReadPage, wireFilters } from './reads.js';

/** The list that is read. */
interface ReadList {
  client: LayersClient;
  queryClient: QueryClient;
  query: Query<ListData, LayersError>;
  filters: ContainerListQuery;
}

/**
 * Reads the pages that `readPages` asks for as one, requested when the oldest of them was, and merges their rows with what else is known. `turn`: `null` for
 * first data, which waits for its slot as a person's read as soon as one asks.
 */
export async function readMerged(
  { client, queryClient, query, filters: own }: ReadList,
  turn: Turn,
  signal: AbortSignal,
  readPages: (read: ReadPage) => Promise<ContainerPage>,
): Promise<Answered<ContainerPage>> {
  const projectId = String(query.queryKey[3]);
  let askedAt = monotonicNow();
  let failure: LayersError | undefined;
  const page = await readPages(async (cursor, filters = own) => {
    const wire = wireFilters(own, filters);
    if (turn === null) await client.lines['read-light'].queue.enter(() => (asked.has(query) ? 'person' : 'list'), client.schedule, signal);
    const answer = await client.schedule.reads.page(projectId, wire, cursor, turn, signal);
    askedAt = Math.min(askedAt, answer.askedAt);
    failure ??= answer.failure;
    return answer.value;
  });
  signal.throwIfAborted();
  const known = (key: string) => query.state.data && rowAt(query.state.data, key);
  const containers = cacheOf(client, queryClient).mergeRows(projectId, page.containers, askedAt, known);
  return { value: { ...page, containers }, askedAt, failure };
}
