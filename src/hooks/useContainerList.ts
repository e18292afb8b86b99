'use client';
import { type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';
import { useLayers } from '../provider/LayersContext.js';
import type { ContainerListQuery } from '../queries/containerListFilters.js';
import { type ContainerList, containerListOptions } from '../queries/containerListOptions.js';
import { type ContainerListActions, useContainerListActions } from './useContainerListActions.js';

/** Options of {@link useContainerList}: the API's filters, one for approval, and how it lives. */
export interface UseContainerListOptions extends ContainerListQuery {
  /** `false`: reads nothing. @default true */
  enabled?: boolean | undefined;
  /**
   * Milliseconds between two refreshes while the page is visible, at least 5,000. A refresh reads the first page only, through the read budget. Left out:
   * every 30 s while a row is in flight; a list in which all has ended reads nothing until the page is seen again, the list is mounted again after 30 s or
   * more, or a container that belongs on top of it is read elsewhere in the app. What others make shows then, or by `refresh()`; a wallboard that nobody
   * touches wants a number here. `false`: none by itself but that at mounting, and rows in flight change only with what is read elsewhere.
   * @default undefined
   */
  refreshInterval?: number | false | undefined;
  /**
   * `true`: while the list of other filters is on its way, the last one of the project stays in `data`, with `isPlaceholderData`.
   * @default false
   */
  keepPreviousData?: boolean | undefined;
}

/** TanStack's own infinite query result, and what a list can do besides. */
export type UseContainerListResult = UseInfiniteQueryResult<ContainerList, LayersError> & ContainerListActions;

/**
 * A project's containers, newest first, page by page. `data.containers` holds every loaded row once; `fetchNextPage()` loads more while `hasNextPage`,
 * and so does `sentinelRef` when its element comes into view. A refresh costs one read, whatever is loaded, and so do `refetch()` and
 * `invalidateQueries`: rows change in place, new ones are counted in `data.newCount` and put in by `showNew()`, and what the first page proves gone
 * leaves. (What was removed further down stays until it is opened; TanStack's `resetQueries` begins the list anew.)
 *
 * A row that no longer fits a filter, because it ended or was decided on, stays where it is and shows what it is now, so that none slips under a pointer:
 * it leaves with `refresh()` or `showNew()`, and for whoever mounts the list again.
 *
 * @example
 * const { data, fetchNextPage, hasNextPage, showNew } = useContainerList(projectId, { status: ['queued', 'processing'], limit: 50 });
 *
 * @param projectId `null` and `undefined` read nothing
 */
export function useContainerList(projectId: string | null | undefined, options: UseContainerListOptions = {}): UseContainerListResult {
  const { client, queryClient } = useLayers();
  const { enabled = true, refreshInterval, keepPreviousData = false, ...filters } = options;
  const isEnabled = Boolean(projectId) && enabled;
  const listOptions = containerListOptions(client, projectId ?? '', filters);
  const result = useInfiniteQuery(
    // When a stale list is refreshed is decided beside it; TanStack does that with one that was invalidated.
    {
      ...listOptions,
      staleTime: Number.POSITIVE_INFINITY,
      enabled: isEnabled,
      placeholderData: (previous, query) => (keepPreviousData && query?.queryKey[3] === projectId ? previous : undefined),
    },
    queryClient,
  );
  return useContainerListActions(client, queryClient, result, { queryKey: listOptions.queryKey, isEnabled, refreshInterval });
}
