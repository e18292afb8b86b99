'use client';
import { skipToken, type UseQueryOptions, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { LayersError } from '../model/errors.js';
import { useLayers } from '../provider/LayersContext.js';
import type { ContainerListQuery } from '../queries/list/containerListFilters.js';
import { type ContainerList, containerListOptions } from '../queries/list/containerListOptions.js';
import type { ListData } from '../queries/list/listData.js';
import { type ContainerListActions, useListActions, withActions } from './useListActions.js';

type TanStackOptions<Data> = UseQueryOptions<ListData, LayersError, Data, readonly unknown[]>;

/** Options of {@link useContainerList}: the API's filters, one for approval, how it refreshes, and TanStack's own. */
export interface UseContainerListOptions<Data = ContainerList> extends ContainerListQuery {
  /** `false`: reads nothing. @default true */
  enabled?: boolean | undefined;
  /**
   * Milliseconds between two refreshes while the page is visible, at least 5,000. A refresh reads the first page only, through the read budget. Left out:
   * every 30 s while a row is in flight; a list in which all has ended reads nothing until the page is seen again, the list is mounted again after 30 s or
   * more, or a container that belongs on top of it is read elsewhere in the app. What others create shows then, or by `refresh()`; a wallboard that nobody
   * touches needs a number here. `false`: no refresh but that at mounting, and rows in flight change only with what is read elsewhere.
   * @default undefined
   */
  refreshInterval?: number | false | undefined;
  /**
   * `true`: while the list of other filters is loading, the last one of the project stays in `data`, with `isPlaceholderData`.
   * @default false
   */
  keepPreviousData?: boolean | undefined;
  /** What to take from the list: the component renders again only when that changes. @default the whole list */
  select?: ((list: ContainerList) => Data) | undefined;
  /** As in TanStack Query. @default Infinity: `refreshInterval` decides when the list is refreshed */
  staleTime?: TanStackOptions<Data>['staleTime'];
  /** As in TanStack Query. */
  gcTime?: number | undefined;
  /** As in TanStack Query. */
  throwOnError?: TanStackOptions<Data>['throwOnError'];
  /** As in TanStack Query: what the cache keeps of a list, or a function of that of the previous list. */
  placeholderData?: TanStackOptions<Data>['placeholderData'];
}

/** TanStack's query result, and what a list can do besides. */
export type UseContainerListResult<Data = ContainerList> = UseQueryResult<Data, LayersError> & ContainerListActions;

/** The key of no list. */
const NO_LIST = ['layers', 'no list'] as const;

/**
 * A project's containers, newest first, page by page. `data.containers` holds every loaded row once; `loadMore()` loads more while `hasNextPage`, and so
 * does `sentinelRef` when its element comes into view. A refresh costs one read, whatever is loaded, and so do `refetch()` and `invalidateQueries`: rows
 * change in place, new ones are counted in `data.newCount` and put in by `showNew()`, and what the first page proves gone leaves. Rows further down are
 * checked after a refresh, 200 at a time and not more often than every 30 s, while the list is shown.
 *
 * A row that no longer matches a filter, because it ended or was decided on, stays where it is and shows what it is now, so that none slips under a
 * pointer: it leaves with `refresh()` or `showNew()`, and for whoever mounts the list again.
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
  const { client, queryClient } = useLayers();
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
  const listOptions = containerListOptions(client, projectId ?? '', filters);
  const previous: TanStackOptions<Data>['placeholderData'] = (data, query) => (query?.queryKey[3] === projectId ? data : undefined);
  const queryKey = projectId ? listOptions.queryKey : NO_LIST;
  const queryOptions: TanStackOptions<Data> = {
    ...(listOptions as object),
    queryKey,
    queryFn: projectId ? (listOptions.queryFn as never) : skipToken,
    ...given({ staleTime, gcTime, throwOnError, placeholderData: keepPreviousData ? previous : placeholderData }),
    enabled,
    select: useSelect(listOptions.select, select),
  };
  const result = useQuery(queryOptions, queryClient);
  const { select: selectList } = listOptions;
  const isEnabled = Boolean(projectId) && enabled;
  return withActions(result, useListActions(client, queryClient, { queryKey, select: selectList, isEnabled, refreshInterval }));
}

/** A host's `select` after ours, the same function for as long as it is. */
function useSelect<Data>(ours: (data: ListData) => ContainerList, select: ((list: ContainerList) => Data) | undefined) {
  return useCallback((data: ListData) => (select ? select(ours(data)) : (ours(data) as unknown as Data)), [ours, select]);
}

/** Options without those that are not given: `undefined` would override what a host's `QueryClient` has as its default. */
function given<Options extends object>(options: Options): { [Name in keyof Options]?: Exclude<Options[Name], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}
