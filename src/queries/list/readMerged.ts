import type { Query, QueryClient } from '@tanstack/react-query';
import { monotonicNow } from '../../internal/monotonicNow.js';
import type { ContainerPage } from '../../model/containerPage.js';
import type { LayersError } from '../../model/errors.js';
import type { Turn } from '../../schedule/reads.js';
import type { LayersClient } from '../../schedule/scheduledClient.js';
import { enterFirst } from '../asked.js';
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

/** Pages of a list, as one. */
interface MergedPage {
  page: ContainerPage;
  /** When the oldest of them was requested, in milliseconds on the clock of `monotonicNow`. */
  askedAt: number;
  /** Why one of them is only the last good response of the server part; `undefined`: none is. */
  failure: LayersError | undefined;
}

/**
 * Reads pages of a list, and merges their rows with what else is known.
 *
 * @param turn `null` for first data: see {@link enterFirst}
 * @param readPages which pages, from the function it is given
 */
export async function readMerged(
  { client, queryClient, query, filters: own }: ReadList,
  turn: Turn,
  signal: AbortSignal,
  readPages: (read: ReadPage) => Promise<ContainerPage>,
): Promise<MergedPage> {
  const projectId = String(query.queryKey[3]);
  let askedAt = monotonicNow();
  let failure: LayersError | undefined;
  const page = await readPages(async (cursor, filters = own) => {
    const wire = wireFilters(own, filters);
    if (turn === null) await enterFirst(client, query, signal);
    const answer = await client.schedule.reads.page(projectId, wire, cursor, turn, signal);
    askedAt = Math.min(askedAt, answer.askedAt);
    failure ??= answer.failure;
    return answer.value;
  });
  signal.throwIfAborted();
  const known = (key: string) => query.state.data && rowAt(query.state.data, key);
  const containers = cacheOf(client, queryClient).mergeRows(projectId, page.containers, askedAt, known);
  return { page: { ...page, containers }, askedAt, failure };
}
