'use client';
import type { QueryClient, UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { LayersClient } from '../schedule/scheduledClient.js';
import type { LayersError } from '../model/errors.js';
import type { ContainerListQueryOptions } from '../queries/list/containerListOptions.js';
import { LIST_REFRESH, type ListCadence } from '../queries/list/due.js';
import { followList } from '../queries/list/followList.js';
import { listActions } from '../queries/list/listActions.js';
import type { LoadState } from '../queries/list/loadState.js';
import { useSentinel } from './useSentinel.js';

/** The functions of a list, in addition to TanStack's result. They are stable while the list is the same. */
export interface ContainerListActions {
  /** Whether there are more rows below the loaded ones. */
  hasNextPage: boolean;
  /** Whether the next page is loading. */
  isFetchingNextPage: boolean;
  /** The error of the last `loadMore()`; `null` after a success. `error` is that of the first page. */
  loadMoreError: LayersError | null;
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

interface ListState extends Pick<ContainerListQueryOptions, 'select'> {
  queryKey: readonly unknown[];
  isEnabled: boolean;
  refreshInterval: number | false | undefined;
}

const IDLE: LoadState = { isFetchingNextPage: false, loadMoreError: null };

/** What {@link withActions} adds to a result. `track`: notes that a part of the result or of the load's state is read, so that its changes render. */
interface TrackedActions extends ContainerListActions {
  track: (name: string) => void;
}

/** The actions of a list, which is kept current while the component is mounted. */
export function useListActions(
  client: LayersClient,
  queryClient: QueryClient,
  { queryKey, select, isEnabled, refreshInterval }: ListState,
): TrackedActions {
  // The key is a new, equal array with every render.
  const name = JSON.stringify(queryKey);
  const cadence = cadenceOf(refreshInterval);
  useEffect(
    () => (isEnabled ? followList(client, { queryClient, queryKey: JSON.parse(name), cadence }) : undefined),
    [client, queryClient, name, isEnabled, cadence],
  );
  const actions = useMemo(() => {
    const find = () => listActions(client, queryClient, JSON.parse(name));
    const loadMore = async () => find()?.loadMore();
    return { find, loadMore, fetchNextPage: loadMore, refresh: async () => find()?.refresh(), showNew: () => find()?.showNew() };
  }, [client, queryClient, name]);

  const list = listActions(client, queryClient, queryKey);
  const [tracked] = useState(() => new Set<string>());
  const subscribe = useCallback(
    (render: () => void) =>
      list?.loads.subscribe((before, after) => {
        // Of what nothing was read yet, anything may be: so it is with TanStack's own results.
        const isRead = (part: keyof LoadState) => tracked.size === 0 || tracked.has(part);
        if ((Object.keys(after) as (keyof LoadState)[]).some((part) => isRead(part) && before[part] !== after[part])) render();
      }) ?? (() => undefined),
    [list, tracked],
  );
  const getState = () => list?.loads.state ?? IDLE;
  const state = useSyncExternalStore(subscribe, getState, getState);

  const drawn = list?.query.state.data;
  const sentinelRef = useSentinel(drawn && select(drawn).containers.length, () => {
    const now = actions.find();
    // Rows that are loaded but not rendered yet can push the sentinel out of view.
    const isDrawn = now?.query.state.data?.nextCursor === drawn?.nextCursor;
    if (isEnabled && isDrawn && now?.loads.state.isFetchingNextPage === false) void actions.loadMore();
  });
  const { find: _, ...functions } = actions;
  return { ...state, ...functions, hasNextPage: drawn?.nextCursor != null, sentinelRef, track: (part) => tracked.add(part) };
}

/** Which part of the load state a property depends on, so that components using it render on changes. */
const READ_WITH: { [Name in keyof ContainerListActions]?: keyof LoadState } = {
  isFetchingNextPage: 'isFetchingNextPage',
  loadMoreError: 'loadMoreError',
  hasNextPage: 'isFetchingNextPage',
  sentinelRef: 'isFetchingNextPage',
};

/**
 * A list's result with its actions, as an ordinary object that can be spread: every property is own and enumerable. Getters read TanStack's tracked result, so
 * that a component renders only for the properties it uses.
 */
export function withActions<Data>(
  result: UseQueryResult<Data, LayersError>,
  { track, ...actions }: TrackedActions,
): UseQueryResult<Data, LayersError> & ContainerListActions {
  const list = {};
  const define = (name: string, get: () => unknown) => Object.defineProperty(list, name, { enumerable: true, configurable: true, get });
  for (const name of Object.keys(result) as (keyof typeof result)[])
    define(name, () => {
      track(name);
      return result[name];
    });
  for (const name of Object.keys(actions) as (keyof ContainerListActions)[])
    define(name, () => {
      const part = READ_WITH[name];
      if (part) track(part);
      // They change with the data, which the host's `select` can have omitted.
      if (name === 'hasNextPage' || name === 'sentinelRef') void result.data;
      return actions[name];
    });
  return list as UseQueryResult<Data, LayersError> & ContainerListActions;
}

function cadenceOf(asked: number | false | undefined): ListCadence {
  // 0 is off, as in TanStack Query.
  if (asked === false || (typeof asked === 'number' && asked <= 0)) return false;
  return asked !== undefined && asked !== null && !Number.isNaN(asked) ? Math.max(LIST_REFRESH.floor, asked) : 'in-flight';
}
