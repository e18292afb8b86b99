'use client';
import { type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import type { ContainerListFilters } from '../client/filters.js';
import type { LayersError } from '../model/errors.js';
import { useLayers } from '../provider/LayersContext.js';
import { type ContainerList, containerListOptions } from '../queries/containerListOptions.js';

/** Options of {@link useContainerList}: the API's filters, and `enabled`. */
export interface UseContainerListOptions extends ContainerListFilters {
  /** `false`: reads nothing. @default true */
  enabled?: boolean | undefined;
}

/**
 * A project's containers, newest first, page by page. `data.containers` holds every loaded row once; `fetchNextPage()` loads more while `hasNextPage`.
 *
 * @example
 * const { data, fetchNextPage, hasNextPage } = useContainerList(projectId, { status: ['queued', 'processing'], limit: 50 });
 *
 * @param projectId `null` and `undefined` read nothing
 */
export function useContainerList(
  projectId: string | null | undefined,
  options: UseContainerListOptions = {},
): UseInfiniteQueryResult<ContainerList, LayersError> {
  const { client, queryClient } = useLayers();
  const { enabled = true, ...filters } = options;
  return useInfiniteQuery(
    { ...containerListOptions(client, projectId ?? '', filters), enabled: Boolean(projectId) && enabled },
    queryClient,
  );
}
