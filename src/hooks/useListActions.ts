'use client';
import type { QueryClient, UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { LayersClient } from '../schedule/createLayersClient.js';
import type { LayersError } from '../model/errors.js';
import type { ContainerListQueryOptions } from '../queries/list/containerListOptions.js';
import { LIST_REFRESH, type ListCadence } from '../queries/list/due.js';
import { followList } from '../queries/list/followList.js';
import { listActions } from '../queries/list/listActions.js';
import type { LoadState } from '../queries/list/loadState.js';
import { useSentinel } from './useSentinel.js';

/** What a list can do beside what TanStack's result can. The functions stay the same for as long as the list does. */
export interface ContainerListActions {
  /** Whether there are rows below those that are loaded. */
  hasNextPage: boolean;
  /** Whether the next page is loading. */
  isFetchingNextPage: boolean;
  /** Why the last `loadMore()` failed; `null` after one that did not. `error` is that of the first page. */
  loadMoreError: LayersError | null;
  /** Loads the next page, one at a time. Resolves when that is done; what goes wrong is in `loadMoreError`. */
  loadMore: () => Promise<void>;
  /** The same function as `loadMore`. */
  fetchNextPage: () => Promise<void>;
  /**
   * Reads the first page now, and folds it in: one read. Rows that no longer match the filters leave. Resolves when that is done; what goes wrong is in
   * `error`.
   */
  refresh: () => Promise<void>;
  /** Puts the rows that `data.newCount` counts in, and lets those go that no longer match the filters. Costs no read. */
  showNew: () => void;
  /** A ref for an element below the last row: while it is in view, more is loaded, one page at a time, as long as that brings rows. */
  sentinelRef: (element: Element | null) => void;
}

interface ListState extends Pick<ContainerListQueryOptions, 'select'> {
  queryKey: readonly unknown[];
  isEnabled: boolean;
  refreshInterval: number | false | undefined;
}

const IDLE: LoadState = { isFetchingNextPage: false, loadMoreError: null };

/** What {@link withActions} adds to a result. `track`: notes that a part of the load's state is read, so that its changes render. */
interface TrackedActions extends ContainerListActions {
  track: (name: keyof LoadState) => void;
}

/** The actions of a list that a component shows, which keep it current while it is mounted. */
export function useListActions(
  client: LayersClient,
  queryClient: QueryClient,
  { queryKey, select, isEnabled, refreshInterval }: ListState,
): TrackedActions {
  // A key is new with every render, and equal.
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
  const [tracked] = useState(() => new Set<keyof LoadState>());
  const subscribe = useCallback(
    (render: () => void) =>
      list?.loads.subscribe((before, after) => {
        if ([...tracked].some((part) => before[part] !== after[part])) render();
      }) ?? (() => undefined),
    [list, tracked],
  );
  const getState = () => list?.loads.state ?? IDLE;
  const state = useSyncExternalStore(subscribe, getState, getState);

  const drawn = list?.query.state.data;
  const sentinelRef = useSentinel(drawn && select(drawn).containers.length, () => {
    const now = actions.find();
    // What was loaded and is not drawn yet may well push the sentinel out of view.
    const isDrawn = now?.query.state.data?.nextCursor === drawn?.nextCursor;
    if (isEnabled && isDrawn && now?.loads.state.isFetchingNextPage === false) void actions.loadMore();
  });
  const { find: _, ...functions } = actions;
  return { ...state, ...functions, hasNextPage: drawn?.nextCursor != null, sentinelRef, track: (part) => tracked.add(part) };
}

/** What else an action is read with, so that a component that reads it renders when it changes. */
const READ_WITH: { [Name in keyof ContainerListActions]?: keyof LoadState } = {
  isFetchingNextPage: 'isFetchingNextPage',
  loadMoreError: 'loadMoreError',
  hasNextPage: 'isFetchingNextPage',
  sentinelRef: 'isFetchingNextPage',
};

/**
 * A list's result with its actions, as an ordinary object: every property is its own and enumerable, and reads TanStack's tracked result at the moment it
 * is read, so that only what was read renders.
 */
export function withActions<Data>(
  result: UseQueryResult<Data, LayersError>,
  { track, ...actions }: TrackedActions,
): UseQueryResult<Data, LayersError> & ContainerListActions {
  const list = {};
  const define = (name: string, get: () => unknown) => Object.defineProperty(list, name, { enumerable: true, configurable: true, get });
  for (const name of Object.keys(result) as (keyof typeof result)[]) define(name, () => result[name]);
  for (const name of Object.keys(actions) as (keyof ContainerListActions)[])
    define(name, () => {
      const part = READ_WITH[name];
      if (part) track(part);
      // They change with the data, of which a host's `select` may have left them out.
      if (name === 'hasNextPage' || name === 'sentinelRef') void result.data;
      return actions[name];
    });
  return list as UseQueryResult<Data, LayersError> & ContainerListActions;
}

function cadenceOf(asked: number | false | undefined): ListCadence {
  if (asked === false) return false;
  return asked !== undefined && asked !== null && !Number.isNaN(asked) ? Math.max(LIST_REFRESH.floor, asked) : 'in-flight';
}
