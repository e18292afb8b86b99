import type { UseQueryOptions, UseQueryResult } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';
import { useLayers } from '../provider/LayersContext.js';
import type { ContainerListQuery } from '../queries/list/containerListFilters.js';
import { type ContainerList, containerListOptions } from '../queries/list/containerListOptions.js';
import type { ListData, PlaceholderList } from '../queries/list/listData.js';
import { type ContainerListActions, useListActions } from './useListActions.js';
import { useRead } from './useRead.js';
import { withHookOptions } from './withHookOptions.js';

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
  const { client, queryClient } = layers;
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
  const listOptions = containerListOptions(client, projectId, filters);
  const previous: TanStackOptions<Data>['placeholderData'] = (data, query) => (query?.queryKey[3] === projectId ? data : undefined);
  const given = { enabled, select, staleTime, gcTime, throwOnError, placeholderData: keepPreviousData ? previous : placeholderData };
  const queryOptions = withHookOptions<Data>(listOptions, given);
  return useListActions(client, queryClient, useRead(layers, queryOptions), {
    queryKey: queryOptions.queryKey,
    select: listOptions.select,
    isEnabled: Boolean(projectId) && enabled,
    refreshInterval,
  });
}
