'use client';
import type { UseQueryOptions, UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { LayersError } from '../model/errors.js';
import { useLayers } from '../provider/LayersContext.js';
import type { ContainerListQuery } from '../queries/list/containerListFilters.js';
import { type ContainerList, containerListOptions } from '../queries/list/containerListOptions.js';
import { LIST_REFRESH, type ListCadence } from '../queries/list/due.js';
import { followList } from '../queries/list/followList.js';
import { listActions } from '../queries/list/listActions.js';
import type { ListData, PlaceholderList } from '../queries/list/listData.js';
import type { LoadState } from '../queries/list/reads.js';
import { isOff } from '../schedule/cadence.js';
import { useRead, withHookOptions } from './useRead.js';
import { useSentinel } from './useSentinel.js';

type TanStackOptions<Data> = UseQueryOptions<ListData, LayersError, Data, readonly unknown[]>;

/** Options of {@link useContainerList}: filters, how it refreshes, and TanStack Query's options. */
export interface UseContainerListOptions<Data = ContainerList> extends ContainerListQuery {
  /** `false`: reads nothing. @default true */
  enabled?: boolean | undefined;
  /**
   * Refresh interval in milliseconds while the page is visible, at least 5,000. A refresh reads the first page only, within the read budget. `undefined`: every
   * 30 s while a row is in flight; a list in which everything has ended refreshes when the page becomes visible, when the list is mounted again after 30 s, or
   * when a newer container is read elsewhere in the app. A wallboard needs a number here. `false` and 0: refreshes at mount only, and rows in flight
   * change only with what is read elsewhere.
   * @default undefined
   */
  refreshInterval?: number | false | undefined;
  /**
   * `true`: while a list with other filters loads, the previous list of the project stays in `data`, with `isPlaceholderData`.
   * @default false
   */
  keepPreviousData?: boolean | undefined;
  /** Selects a part of the list; the component renders only when that changes. @default the whole list */
  select?: ((list: ContainerList) => Data) | undefined;
  /** As in TanStack Query. @default Infinity: `refreshInterval` decides when the list is refreshed */
  staleTime?: TanStackOptions<Data>['staleTime'];
  /** As in TanStack Query. */
  gcTime?: number | undefined;
  /** As in TanStack Query. */
  throwOnError?: TanStackOptions<Data>['throwOnError'];
  /** As in TanStack Query: rows to show until there are any (`{ containers }`, as in the cache), or a function of the previous ones. */
  placeholderData?: PlaceholderList | ((previous: ListData | undefined) => PlaceholderList | undefined) | undefined;
}

/** The functions of a list, in addition to TanStack's result. They are stable while the list is the same. */
export interface ContainerListActions extends LoadState {
  /** Whether there are more rows below the loaded ones. */
  hasNextPage: boolean;
  /** Loads the next page, one at a time. Resolves when done, without a value; an error is in `loadMoreError`. */
  loadMore: () => Promise<void>;
  /** The same function as `loadMore`. */
  fetchNextPage: () => Promise<void>;
  /** Reads the first page now and merges it in: one read. Rows that no longer match the filters leave. Resolves when done; an error is in `error`. */
  refresh: () => Promise<void>;
  /** Inserts the rows counted in `data.newCount`, and removes rows that no longer match the filters. Costs no read. */
  showNew: () => void;
  /** A ref for an element below the last row: while it is in view, pages are loaded one at a time, as long as they return rows. */
  sentinelRef: (element: Element | null) => void;
}

/** TanStack's query result with the functions of a list, as an ordinary object that can be spread. */
export type UseContainerListResult<Data = ContainerList> = UseQueryResult<Data, LayersError> & ContainerListActions;

/**
 * A project's containers, newest first, with cursor pagination. `data.containers` has every loaded row once; `loadMore()` loads the next page while
 * `hasNextPage`, as does `sentinelRef` when its element scrolls into view. `refresh()`, `refetch()` and `invalidateQueries` cost one read each, however
 * many pages are loaded: rows change in place, new rows are counted in `data.newCount` and inserted by `showNew()`, and deleted rows of the first page
 * leave. Rows further down are checked after a refresh, 200 at a time, at most every 30 s, while the list is mounted.
 *
 * A row that no longer matches a filter, because it ended or was decided, stays in place with its current data, so that no row moves under the pointer. It
 * leaves with `refresh()` or `showNew()`, or when the list is mounted again.
 *
 * @example
 * const { data, loadMore, hasNextPage, showNew } = useContainerList(projectId, { status: ['queued', 'processing'], limit: 50 });
 *
 * @param projectId `null` and `undefined` read nothing
 */
export function useContainerList<Data = ContainerList>(
  projectId: string | null | undefined,
  options: UseContainerListOptions<Data> = {},
): UseContainerListResult<Data> {
  const layers = useLayers();
  const {
    enabled = true,
    refreshInterval,
    keepPreviousData = false,
    select,
    staleTime,
    gcTime,
    throwOnError,
    placeholderData,
    ...filters
  } = options;
  const listOptions = containerListOptions(layers.client, projectId, filters);
  const previous: TanStackOptions<Data>['placeholderData'] = (data, query) => (query?.queryKey[3] === projectId ? data : undefined);
  const given = { enabled, select, staleTime, gcTime, throwOnError, placeholderData: keepPreviousData ? previous : placeholderData };
  const queryOptions = withHookOptions<Data>(listOptions, given);
  const result = useRead(layers, queryOptions);
  const list = listActions(layers.client, layers.queryClient, queryOptions.queryKey);
  const isEnabled = Boolean(projectId) && enabled;
  const cadence = cadenceOf(refreshInterval);
  // Another interval isn't another look: nothing that is loading is dropped for it, and no row leaves.
  useEffect(() => (isEnabled ? list.follow(() => {}) : undefined), [list, isEnabled]);
  useEffect(() => (isEnabled ? followList(list, cadence) : undefined), [list, isEnabled, cadence]);
  const functions = useMemo(() => {
    const loadMore = async () => list.loadMore();
    return { loadMore, fetchNextPage: loadMore, refresh: async () => list.refresh(), showNew: () => list.showNew() };
  }, [list]);

  const [tracked] = useState(() => new Set<string>());
  const subscribe = useCallback(
    (render: () => void) =>
      list.loadChanged.add((changed) => {
        // Of what nothing was read yet, anything may be: so it is with TanStack's own results.
        if (tracked.size === 0 || changed.some((part) => tracked.has(part))) render();
      }),
    [list, tracked],
  );
  const getLoad = () => list.load;
  const load = useSyncExternalStore(subscribe, getLoad, getLoad);

  const drawn = list.query.state.data;
  const sentinelRef = useSentinel(drawn && listOptions.select(drawn).containers.length, () => {
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
  // An ordinary object that can be spread: every property is own and enumerable. Getters read TanStack's tracked result, so that a component renders only for
  // the properties it uses.
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
  return listResult as UseContainerListResult<Data>;
}

function cadenceOf(asked: number | false | undefined): ListCadence {
  if (asked === false || isOff(asked)) return false;
  return asked == null ? 'in-flight' : Math.max(LIST_REFRESH.floor, asked);
}
