import { shareEqual } from '../../internal/shareEqual.js';
import type { LayersClient } from '../../schedule/createLayersClient.js';
import type { ContainerSummary } from '../../model/container.js';
import { containerKey } from '../../model/ids.js';
import { layersKeys } from '../keys.js';
import type { LayersQueryOptions } from '../types.js';
import { approvalsOf, type ContainerListQuery, fitsApproval, fitsStatus } from './containerListFilters.js';
import { listActions, takeWritten } from './listActions.js';
import type { ListData } from './listData.js';

/** What `useContainerList` gives as `data`. */
export interface ContainerList {
  /**
   * Every loaded row, newest first, each container once. A row that did not change is the same object, whatever was inserted above it. One that no
   * longer matches the filters stays, as what it is now, until `refresh()` or `showNew()`.
   */
  containers: ContainerSummary[];
  /** Rows that a refresh found, or that were read elsewhere, and that wait to be shown: `showNew()` puts them in. */
  newCount: number;
  /**
   * Whether there are more of them than were read, or where rows are looked for by approval may be: `showNew()` then begins the list with the newest, and
   * the others come with the next page.
   */
  hasMoreNew: boolean;
  /** Whether there are rows below those that are loaded. */
  hasNextPage: boolean;
  /** Rows that could not be read, by their position in the list, and why. */
  invalid: { index: number; reason: string }[];
  /** How many rows could not be read. */
  invalidCount: number;
  /** Rows that were read to find these; more than are shown where rows are looked for by approval. */
  lookedAt: number;
}

type ListKey = ReturnType<typeof layersKeys.list>;

/** Query options for {@link containerListOptions}, with a key that knows its data, and `queryFn` and `select` that are always there. */
export type ContainerListQueryOptions = LayersQueryOptions<ListData, ContainerList, ListKey> & {
  select: (data: ListData) => ContainerList;
};

/**
 * TanStack query options for a project's containers, newest first; every filter is part of the key. The query reads the first page (`useContainerList`
 * loads more by the API's opaque cursor). A list that is there is never read again as a whole: a refetch, whatever begins it, reads the first page and
 * folds it in. What is new waits where `useContainerList` shows the list, and is put on top where it does not. The options poll nothing.
 *
 * @example
 * await queryClient.prefetchQuery(containerListOptions(client, projectId));
 * const { data } = useSuspenseQuery(containerListOptions(client, projectId));
 */
export function containerListOptions(client: LayersClient, projectId: string, filters: ContainerListQuery = {}): ContainerListQueryOptions {
  const queryKey = layersKeys.list(client, projectId, filters);
  return {
    queryKey: queryKey as never,
    // `signal` is not looked at: TanStack would then put back what there was before a read when nobody looks any more, with all that was written meanwhile.
    queryFn: async (context) => {
      const list = listActions(client, context.client, queryKey);
      if (list === undefined) throw new Error('layers-react: the list was removed from the cache before it was read.');
      return list.read();
    },
    select: selectOf(queryKey[4]),
    structuralSharing: shareList,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    networkMode: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  };
}

/**
 * TanStack's `structuralSharing` of a list: a fetch's data was shared and written when it was read, a list selected from it has its rows from there, and
 * what a host selects is shared part by part. (TanStack's own compares rows by position, and copies them all when one is inserted.)
 */
export function shareList(previous: unknown, next: unknown): unknown {
  if (previous === undefined) return next;
  if (takeWritten(next)) return previous;
  if (!isList(previous) || !isList(next)) return shareEqual(previous, next);
  const [before, after] = [previous.containers, next.containers];
  const isSame = after.length === before.length && after.every((row, index) => row === before[index]);
  const shared: ContainerList = isSame ? { ...next, containers: before } : next;
  return (Object.keys(shared) as (keyof ContainerList)[]).every((name) => shared[name] === previous[name]) ? previous : shared;
}

const isList = (value: unknown): value is ContainerList => typeof value === 'object' && value !== null && 'containers' in value;

const selects = new Map<string, (data: ListData) => ContainerList>();

/** The same function for the same filters: TanStack runs one that it has not seen again with every render. */
function selectOf({ status, approval }: ContainerListQuery): (data: ListData) => ContainerList {
  const name = JSON.stringify([status, approval]);
  const select = selects.get(name) ?? memoized((data) => listFrom(data, { status, approval }));
  selects.set(name, select);
  return select;
}

function memoized(select: (data: ListData) => ContainerList): (data: ListData) => ContainerList {
  const lists = new WeakMap<ListData, ContainerList>();
  return (data) => {
    const list = lists.get(data) ?? select(data);
    lists.set(data, list);
    return list;
  };
}

function listFrom(data: ListData, filters: ContainerListQuery): ContainerList {
  const { containers, newer, invalid } = data;
  const approvals = approvalsOf(filters);
  const stays = new Set(data.stays);
  const isNew = (row: ContainerSummary) => fitsStatus(row, filters) && fitsApproval(row, approvals);
  return {
    containers:
      approvals === undefined ? containers : containers.filter((row) => fitsApproval(row, approvals) || stays.has(containerKey(row.id))),
    newCount: newer.filter(isNew).length,
    hasMoreNew: data.gap !== null,
    hasNextPage: data.nextCursor !== null,
    invalid,
    invalidCount: invalid.length,
    lookedAt: containers.length,
  };
}
