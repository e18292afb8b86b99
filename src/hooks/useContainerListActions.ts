'use client';
import type { FetchNextPageOptions, QueryClient, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { LayersClient } from '../schedule/createLayersClient.js';
import type { LayersError } from '../model/errors.js';
import { type ContainerList, findList } from '../queries/containerListOptions.js';
import { followList } from '../queries/followList.js';
import { LIST_REFRESH, type ListCadence } from '../queries/listDue.js';
import { isLoadingMore, letGoOfLeft, refreshList, showNewRows } from '../queries/listRefresh.js';
import { useSentinel } from './useSentinel.js';

/** What a list can do beside what TanStack's result can. The functions stay the same for as long as the list does. */
export interface ContainerListActions {
  /**
   * Reads the first page now, and folds it in: one read. Rows that no longer fit the filters leave. Resolves when that is done; what goes wrong is told in
   * `error`.
   */
  refresh: () => Promise<void>;
  /** Puts the rows that `data.newCount` counts in, and lets those go that no longer fit the filters. Costs no read. */
  showNew: () => void;
  /** A ref for an element below the last row: while it is in view, more is loaded, one page at a time, as long as that brings rows. */
  sentinelRef: (element: Element | null) => void;
}

interface ListState {
  queryKey: readonly unknown[];
  isEnabled: boolean;
  refreshInterval: number | false | undefined;
}

type Result = UseInfiniteQueryResult<ContainerList, LayersError>;

/**
 * Gives a list's result its actions. They stand on an object whose prototype is TanStack's result: every property of that is still read from its own
 * tracking proxy, at the moment it is read, so that only what was read renders. A spread would read them all, a second hook would have to be given the
 * same filters again, and `data` has to stay plain JSON.
 */
export function useContainerListActions(
  client: LayersClient,
  queryClient: QueryClient,
  result: Result,
  { queryKey, isEnabled, refreshInterval }: ListState,
): Result & ContainerListActions {
  // A key is new with every render, and equal.
  const name = JSON.stringify(queryKey);
  const cadence = cadenceOf(refreshInterval);
  useEffect(
    () => (isEnabled ? followList(client, queryClient, JSON.parse(name), { cadence }) : undefined),
    [client, queryClient, name, isEnabled, cadence],
  );

  const { fetchNextPage } = result;
  const actions = useMemo(() => {
    const query = () => findList(queryClient, JSON.parse(name));
    return {
      refresh: async () => {
        const list = query();
        if (list === undefined) return;
        await refreshList(list, 'asked');
        if (list.state.status === 'success') letGoOfLeft(list);
      },
      showNew: () => {
        const list = query();
        if (list) showNewRows(list);
      },
      fetchNextPage: async (options?: FetchNextPageOptions) => {
        const list = query();
        const count = list?.state.data?.pages.length;
        // One load at a time: TanStack's own default gives the first up for the second. A refresh under way is given up, and comes again.
        const loaded = await fetchNextPage({ cancelRefetch: list === undefined || !isLoadingMore(list), ...options });
        // A refetch gives a load up without a word.
        const isGivenUp =
          list?.isActive() &&
          list.state.status === 'success' &&
          list.state.fetchStatus === 'idle' &&
          list.state.data?.pages.length === count;
        return isGivenUp && loaded.hasNextPage ? fetchNextPage(options) : loaded;
      },
    };
  }, [queryClient, name, fetchNextPage]);

  const drawn = findList(queryClient, queryKey)?.state.data?.pages.length;
  const canLoad = () => {
    const list = findList(queryClient, queryKey);
    const pages = list?.state.data?.pages;
    // What was loaded and is not drawn yet may well push the sentinel out of view.
    return isEnabled && pages?.length === drawn && pages?.at(-1)?.nextCursor != null && list !== undefined && !isLoadingMore(list);
  };
  const sentinelRef = useSentinel(result.data?.containers.length, () => {
    if (canLoad()) void actions.fetchNextPage();
  });
  return Object.create(result, Object.getOwnPropertyDescriptors({ ...actions, sentinelRef })) as Result & ContainerListActions;
}

function cadenceOf(asked: number | false | undefined): ListCadence {
  if (asked === false) return false;
  return asked !== undefined && asked !== null && !Number.isNaN(asked) ? Math.max(LIST_REFRESH.floor, asked) : 'in-flight';
}
