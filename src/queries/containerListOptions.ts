import type { DataTag, InfiniteData, QueryFunctionContext, UseInfiniteQueryOptions } from '@tanstack/react-query';
import type { ContainerListFilters } from '../client/filters.js';
import type { LayersClient } from '../client/LayersClient.js';
import type { ContainerSummary } from '../model/container.js';
import type { ContainerPage } from '../model/containerPage.js';
import type { LayersError } from '../model/errors.js';
import { containerKey } from '../model/ids.js';
import { retryDelay, steadyJitter } from './cadence.js';
import { layersKeys } from './keys.js';
import { failuresInARow } from './polledQuery.js';

/** What `useContainerList` gives as `data`. */
export interface ContainerList {
  /** Every loaded row, newest first, each container once. */
  containers: ContainerSummary[];
  /** Rows known to be newer than what is shown. */
  newCount: number;
  /** Rows that could not be read, over all loaded pages. */
  invalidCount: number;
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
 * ends where `nextCursor` is null, absent or empty. It does not poll, and a focus reads nothing: that would read every loaded page again.
 */
export function containerListOptions(
  client: LayersClient,
  projectId: string,
  filters: ContainerListFilters = {},
): ContainerListQueryOptions {
  return {
    queryKey: layersKeys.list(client, projectId, filters) as never,
    queryFn: ({ signal, pageParam }) => client.listContainers(projectId, filters, { signal, cursor: pageParam }),
    initialPageParam: null,
    getNextPageParam: (page) => page.nextCursor,
    select: mergePages,
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

/** One list from its pages. A row that moved to another page while pages were read shows once, where it was first seen. */
function mergePages({ pages }: Pages): ContainerList {
  const seen = new Map<string, ContainerSummary>();
  let invalidCount = 0;
  for (const page of pages) {
    invalidCount += page.invalid.length;
    for (const container of page.containers) {
      const key = containerKey(container.id);
      if (!seen.has(key)) seen.set(key, container);
    }
  }
  return { containers: [...seen.values()], newCount: 0, invalidCount };
}
