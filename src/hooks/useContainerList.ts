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
   * Milliseconds between two refreshes while the page is visible, at least 5,000. A refresh reads the first page only, through the read budget. `false`:
   * none by itself, not when the page is seen again either, and rows in flight change only with what is read elsewhere.
   * @default 30000
   */
  refreshInterval?: number | false | undefined;
}

/** TanStack's own infinite query result, and what a list can do besides. */
export type UseContainerListResult = UseInfiniteQueryResult<ContainerList, LayersError> & ContainerListActions;

/**
 * A project's containers, newest first, page by page. `data.containers` holds every loaded row once; `fetchNextPage()` loads more while `hasNextPage`,
 * and so does `sentinelRef` when its element comes into view. A refresh costs one read, whatever is loaded: rows change in place, new ones are counted in
 * `data.newCount` and put in by `showNew()`. (`refetch()` is TanStack's: it reads every loaded page again.)
 *
 * @example
 * const { data, fetchNextPage, hasNextPage, showNew } = useContainerList(projectId, { status: ['queued', 'processing'], limit: 50 });
 *
 * @param projectId `null` and `undefined` read nothing
 */
export function useContainerList(projectId: string | null | undefined, options: UseContainerListOptions = {}): UseContainerListResult {
  const { client, queryClient } = useLayers();
  const { enabled = true, refreshInterval, ...filters } = options;
  const isEnabled = Boolean(projectId) && enabled;
  const listOptions = containerListOptions(client, projectId ?? '', filters);
  const result = useInfiniteQuery(
    // TanStack would read every loaded page of a stale list again when it mounts: only one that was invalidated is, the others are refreshed.
    { ...listOptions, staleTime: Number.POSITIVE_INFINITY, enabled: isEnabled },
    queryClient,
  );
  return useContainerListActions(client, queryClient, result, { queryKey: listOptions.queryKey, isEnabled, refreshInterval });
}
