'use client';
import type { QueryClient, UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { LayersClient } from '../schedule/scheduledClient.js';
import type { LayersError } from '../model/errors.js';
import type { ContainerListQueryOptions } from '../queries/list/containerListOptions.js';
import { LIST_REFRESH, type ListCadence } from '../queries/list/due.js';
import { isOff } from '../schedule/cadence.js';
import { followList } from '../queries/list/followList.js';
import { listActions } from '../queries/list/listActions.js';
import type { LoadState } from '../queries/list/reads.js';
import { useSentinel } from './useSentinel.js';

/** The functions of a list, in addition to TanStack's result. They are stable while the list is the same. */
export interface ContainerListActions extends LoadState {
  /** Whether there are more rows below the loaded ones. */
  hasNextPage: boolean;
  /** Loads the next page, one at a time. Resolves when done, without a value; an error is in `loadMoreError`. */
  loadMore: () => Promise<void>;
  /** The same function as `loadMore`. */
  fetchNextPage: () => Promise<void>;
  /**
   * Reads the first page now and merges it in: one read. Rows that no longer match the filters leave. Resolves when done; an error is in `error`.
   */
  refresh: () => Promise<void>;
  /** Inserts the rows counted in `data.newCount`, and removes rows that no longer match the filters. Costs no read. */
  showNew: () => void;
  /** A ref for an element below the last row: while it is in view, pages are loaded one at a time, as long as they return rows. */
  sentinelRef: (element: Element | null) => void;
}

interface ListState {
  queryKey: readonly unknown[];
  select: ContainerListQueryOptions['select'];
  isEnabled: boolean;
  refreshInterval: number | false | undefined;
}

/**
 * A list's result with its actions; the list is kept current while the component is mounted. An ordinary object that can be spread: every property is own and
 * enumerable. Getters read TanStack's tracked result, so that a component renders only for the properties it uses.
 */
export function useListActions<Data>(
  client: LayersClient,
  queryClient: QueryClient,
  result: UseQueryResult<Data, LayersError>,
  { queryKey, select, isEnabled, refreshInterval }: ListState,
): UseQueryResult<Data, LayersError> & ContainerListActions {
  const list = listActions(client, queryClient, queryKey);
  const cadence = cadenceOf(refreshInterval);
  useEffect(() => (isEnabled ? followList(list, cadence) : undefined), [list, isEnabled, cadence]);
  const functions = useMemo(() => {
    const loadMore = async () => list.loadMore();
    return { loadMore, fetchNextPage: loadMore, refresh: async () => list.refresh(), showNew: () => list.showNew() };
  }, [list]);

  const [tracked] = useState(() => new Set<string>());
  const subscribe = useCallback(
    (render: () => void) => {
      const listen = (changed: readonly string[]) => {
        // Of what nothing was read yet, anything may be: so it is with TanStack's own results.
        if (tracked.size === 0 || changed.some((part) => tracked.has(part))) render();
      };
      return list.loadChanged.add(listen);
    },
    [list, tracked],
  );
  const getLoad = () => list.load;
  const load = useSyncExternalStore(subscribe, getLoad, getLoad);

  const drawn = list.query.state.data;
  const sentinelRef = useSentinel(drawn && select(drawn).containers.length, () => {
    // Rows that are loaded but not rendered yet can push the sentinel out of view.
    const isDrawn = list.query.state.data?.nextCursor === drawn?.nextCursor;
    if (isEnabled && isDrawn && !list.load.isFetchingNextPage) void list.loadMore();
  });

  const read = <Value>(part: string, value: Value): Value => {
    tracked.add(part);
    return value;
  };
  // What changes with the data, which the host's `select` can have omitted.
  const readDrawn = <Value>(value: Value): Value => {
    void result.data;
    return read('isFetchingNextPage', value);
  };
  const listResult = {
    ...functions,
    get isFetchingNextPage() {
      return read('isFetchingNextPage', load.isFetchingNextPage);
    },
    get loadMoreError() {
      return read('loadMoreError', load.loadMoreError);
    },
    get hasNextPage() {
      return readDrawn(drawn?.nextCursor != null);
    },
    get sentinelRef() {
      return readDrawn(sentinelRef);
    },
  };
  for (const part of Object.keys(result) as (keyof typeof result)[])
    Object.defineProperty(listResult, part, { enumerable: true, configurable: true, get: () => read(part, result[part]) });
  return listResult as UseQueryResult<Data, LayersError> & ContainerListActions;
}

function cadenceOf(asked: number | false | undefined): ListCadence {
  if (asked === false || isOff(asked)) return false;
  return asked == null ? 'in-flight' : Math.max(LIST_REFRESH.floor, asked);
}
