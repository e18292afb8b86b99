import type { DataTag, InfiniteData, QueryClient, QueryFunctionContext, UseInfiniteQueryOptions } from '@tanstack/react-query';
import type { LayersClient } from '../schedule/createLayersClient.js';
import type { ContainerSummary } from '../model/container.js';
import type { ContainerPage } from '../model/containerPage.js';
import type { LayersError } from '../model/errors.js';
import { containerKey } from '../model/ids.js';
import { retryDelay, steadyJitter } from './cadence.js';
import { approvalsOf, type ContainerListQuery, fitsApproval, fitsStatus } from './containerListFilters.js';
import { layersKeys } from './keys.js';
import { type ListData, type ListPage, rowsOf, shownKeys } from './listPage.js';
import { readListPage } from './listRefresh.js';
import type { ListQuery } from './listRows.js';
import { failuresInARow } from './polledQuery.js';
import { shareList } from './shareRows.js';

/** What `useContainerList` gives as `data`. */
export interface ContainerList {
  /**
   * Every loaded row, newest first, each container once. A row that did not change is the same object, whatever was put in above it. One that no longer
   * fits the filters stays, as what it is now, until `refresh()` or `showNew()`.
   */
  containers: ContainerSummary[];
  /** Rows that a refresh found, or that were read elsewhere, and that wait to be shown: `showNew()` puts them in. */
  newCount: number;
  /**
   * Whether there are more of them than were read, or where rows are looked for by approval may be: `showNew()` then begins the list with the newest, and
   * the others come with the next page.
   */
  hasMoreNew: boolean;
  /** Rows that could not be read, over all loaded pages. */
  invalidCount: number;
  /** Rows that were read to find these; more than are shown where rows are looked for by approval. */
  lookedAt: number;
}

type ListKey = ReturnType<typeof layersKeys.list>;
type Pages = InfiniteData<ContainerPage, string | null>;

/** Infinite query options for {@link containerListOptions}, with a key that knows its data and a `queryFn` that is always there. */
export type ContainerListQueryOptions = Omit<
  UseInfiniteQueryOptions<ContainerPage, LayersError, ContainerList, ListKey, string | null>,
  'queryFn' | 'queryKey'
> & {
  queryKey: DataTag<ListKey, Pages, LayersError>;
  queryFn: (context: QueryFunctionContext<ListKey, string | null>) => Promise<ContainerPage>;
};

/**
 * TanStack infinite query options for a project's containers, newest first: pages by the API's opaque cursor, every filter part of the key. The list
 * ends where `nextCursor` is null, absent or empty. A list that is there is never read again as a whole: a refetch, by whatever it is begun, reads the
 * first page and folds it in. What is new waits where `useContainerList` shows the list, and is put on top where it does not. By itself nothing polls.
 */
export function containerListOptions(client: LayersClient, projectId: string, filters: ContainerListQuery = {}): ContainerListQueryOptions {
  const queryKey = layersKeys.list(client, projectId, filters);
  const source = { client, projectId, filters };
  return {
    queryKey: queryKey as never,
    queryFn: (context) => readListPage(source, findList(context.client, queryKey), context.pageParam, () => context.signal),
    initialPageParam: null,
    getNextPageParam: (page) => page.nextCursor,
    select: selectOf(queryKey[4]),
    structuralSharing: shareList,
    staleTime: 30_000,
    retry: false,
    networkMode: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    // Only a list that has nothing to show tries again by itself; a page that failed to load is a person's to ask for again.
    refetchInterval: (query) => {
      if (query.state.data !== undefined || query.state.status !== 'error') return false;
      const failures = failuresInARow(query);
      return retryDelay(query.state.error, failures, steadyJitter(query.queryHash, failures));
    },
  };
}

/** A list in the cache, where it is there. */
export const findList = (queryClient: QueryClient, queryKey: readonly unknown[]): ListQuery | undefined =>
  queryClient.getQueryCache().find<ListData>({ queryKey, exact: true }) as ListQuery | undefined;

const selects = new Map<string, (pages: Pages) => ContainerList>();

/** The same function for the same filters: TanStack runs one that it has not seen anew with every render. */
function selectOf(canonical: ContainerListQuery): (pages: Pages) => ContainerList {
  const { status, approval } = canonical;
  const name = JSON.stringify([status, approval]);
  const select = selects.get(name) ?? ((pages: Pages) => mergePages(pages, { status, approval }));
  selects.set(name, select);
  return select;
}

/** One list from its pages. */
function mergePages({ pages }: InfiniteData<ListPage, string | null>, filters: ContainerListQuery): ContainerList {
  const approvals = approvalsOf(filters);
  const keys = shownKeys(pages);
  const stays = new Set(pages[0]?.stays);
  const rows = firstOfEach(rowsOf(pages), keys.size);
  const isNew = (row: ContainerSummary) => !keys.has(containerKey(row.id)) && fitsStatus(row, filters) && fitsApproval(row, approvals);
  return {
    containers: approvals === undefined ? rows : rows.filter((row) => fitsApproval(row, approvals) || stays.has(containerKey(row.id))),
    newCount: pages[0]?.newer?.filter(isNew).length ?? 0,
    hasMoreNew: pages[0]?.gap !== undefined,
    invalidCount: pages.reduce((count, { invalid }) => count + invalid.length, 0),
    lookedAt: keys.size,
  };
}

/** A row that moved to another page while pages were read shows once, where it was first seen. */
function firstOfEach(rows: ContainerSummary[], count: number): ContainerSummary[] {
  if (rows.length === count) return rows;
  const seen = new Set<string>();
  return rows.filter(({ id }) => !seen.has(containerKey(id)) && seen.add(containerKey(id)));
}
