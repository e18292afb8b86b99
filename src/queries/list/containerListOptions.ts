import { heldBy } from '../../internal/heldBy.js';
import { shareEqual } from '../../internal/shareEqual.js';
import type { LayersClient } from '../../schedule/scheduledClient.js';
import type { ContainerSummary } from '../../model/container.js';
import { layersKeys } from '../keys.js';
import { type LayersQueryOptions, unlessIdle } from '../queryOptions.js';
import { notingUnobserved, retryUnobserved } from '../unobserved.js';
import { approvalsOf, type ContainerListQuery, fitsApproval, fitsStatus } from './containerListFilters.js';
import { listActions } from './listActions.js';
import { type ListData, type PlaceholderList, takeWritten } from './listData.js';
import { keepRows, keyOf } from './rows.js';

/** The `data` of `useContainerList`. */
export interface ContainerList {
  /**
   * Every loaded row, newest first, each container once. An unchanged row keeps its identity, whatever was inserted above it. A row that no longer matches the
   * filters stays, with its current data, until `refresh()` or `showNew()`.
   */
  containers: ContainerSummary[];
  /** Number of new rows, found by a refresh or read elsewhere, that `showNew()` inserts. The lowest possible number where `hasMoreNew`. */
  newCount: number;
  /**
   * Whether there are, or with an approval filter can be, more new rows than `newCount`: they weren't read, or too many waited (about 200 do). `showNew()` then
   * restarts the list with the newest; the others follow with the next page.
   */
  hasMoreNew: boolean;
  /** Whether there are more rows below the loaded ones. */
  hasNextPage: boolean;
  /** Rows that couldn't be parsed, by their position in the list (from 0), with the reason. */
  invalid: { index: number; reason: string }[];
  /** Number of rows that couldn't be parsed. */
  invalidCount: number;
  /** Number of rows read; with an approval filter more than `containers`. */
  lookedAt: number;
}

type ListKey = ReturnType<typeof layersKeys.list>;

/** The result of {@link containerListOptions}: `queryFn` and `select` are always set. */
export type ContainerListQueryOptions = LayersQueryOptions<ListData, ContainerList, ListKey> & {
  select: (data: ListData) => ContainerList;
};

/**
 * TanStack Query options for a project's containers, newest first; the filters are part of the key. The query reads the first page (`useContainerList`
 * loads more by cursor). A refetch reads the first page only and merges it into the loaded rows. New rows wait for `showNew()` while `useContainerList`
 * shows the list, and are inserted otherwise. The options don't poll.
 *
 * @example
 * await queryClient.prefetchQuery(containerListOptions(client, projectId));
 * const { data } = useSuspenseQuery(containerListOptions(client, projectId));
 *
 * @param projectId `null` and `undefined` read nothing
 */
export function containerListOptions(
  client: LayersClient,
  projectId: string | null | undefined,
  filters: ContainerListQuery = {},
): ContainerListQueryOptions {
  return unlessIdle(projectId, (id) => listOptions(client, layersKeys.list(client, id, filters)));
}

function listOptions(client: LayersClient, queryKey: ListKey): ContainerListQueryOptions {
  return {
    queryKey: queryKey as never,
    // `signal` isn't used: TanStack would otherwise restore the state before the read when the last observer leaves, and lose later writes.
    queryFn: async (context) => notingUnobserved(context, listActions(client, context.client, queryKey).read()),
    select: selectOf(queryKey[4]),
    structuralSharing: shareList,
    staleTime: Number.POSITIVE_INFINITY,
    ...retryUnobserved,
    networkMode: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  };
}

/** TanStack's `structuralSharing` of a list, whose rows were shared when they were read. Its default compares by position, so that an insert copies all rows. */
export function shareList(previous: unknown, next: unknown): unknown {
  if (previous === undefined) return next;
  if (takeWritten(next)) return previous;
  if (!isList(previous) || !isList(next)) return shareEqual(previous, next);
  const before = previous.containers;
  const isSame = next.containers.length === before.length && next.containers.every((row, index) => row === before[index]);
  const shared: ContainerList = isSame ? { ...next, containers: before } : next;
  return (Object.keys(shared) as (keyof ContainerList)[]).every((name) => shared[name] === previous[name]) ? previous : shared;
}

const isList = (value: unknown): value is ContainerList => typeof value === 'object' && value !== null && 'containers' in value;

const selects = new Map<string, (data: ListData) => ContainerList>();

/** The same function for the same filters, and the same list for the same data: TanStack runs a new `select` with every render. */
function selectOf({ status, approval }: ContainerListQuery): (data: ListData) => ContainerList {
  const name = JSON.stringify([status, approval]);
  const select = selects.get(name) ?? heldBy((data: ListData) => listFrom(data, { status, approval }));
  selects.set(name, select);
  return select;
}

function listFrom(data: PlaceholderList, filters: ContainerListQuery): ContainerList {
  const { containers, newer = [], invalid = [], gap = null, nextCursor = null, stays = [] } = data;
  const approvals = approvalsOf(filters);
  const isShown = (row: ContainerSummary) => fitsApproval(row, approvals) || stays.includes(keyOf(row));
  return {
    containers: keepRows(containers, isShown),
    newCount: newer.filter((row) => fitsStatus(row, filters) && fitsApproval(row, approvals)).length,
    hasMoreNew: gap !== null,
    hasNextPage: nextCursor !== null,
    invalid,
    invalidCount: invalid.length,
    lookedAt: containers.length,
  };
}
