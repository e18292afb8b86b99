import type { Query, QueryClient } from '@tanstack/react-query';
import type { ContainerSummary } from '../../model/container.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import type { LayersClient } from '../../schedule/scheduledClient.js';
import type { Told } from '../../schedule/told.js';
import { agree } from '../agreed.js';
import { type ListData, patchRows, rowAt, wholeList } from './listData.js';
import { keyOf } from './rows.js';

/** Returns the current row for the one a list has; `undefined` in: the list lacks it; `undefined` out: nothing is known. */
export type RowPatch = (row: ContainerSummary | undefined) => ContainerSummary | undefined;

/** The lists that were mounted or read here, by query: they take in rows read elsewhere. Of several clients' the one last used. */
export const knownLists = new WeakMap<object, { receive(rows: readonly ContainerSummary[]): void }>();

const bareProject = (id: string) => id.replace(/^prj_/, '');

const listsOf = (queryClient: QueryClient, scope: string) =>
  queryClient.getQueryCache().findAll({ queryKey: ['layers', scope, 'list'] }) as unknown as Query<ListData>[];

/** The row of a container in the list of a scope that was read last, and when that was. `besides`: a list to leave out. */
export function findRow(queryClient: QueryClient, scope: string, key: string, besides?: object) {
  let found: { row: ContainerSummary; readAt: number } | undefined;
  for (const query of listsOf(queryClient, scope)) {
    const { data } = query.state;
    // The clock of another machine can be ahead.
    const readAt = Math.min(query.state.dataUpdatedAt, monotonicNow());
    const row = data && query !== besides && readAt > (found?.readAt ?? -1) ? rowAt(data, key) : undefined;
    if (row) found = { row, readAt };
  }
  return found;
}

/** Rows that somebody else wrote to a list (the host, hydration), as results: those known otherwise, too. Of two lists' rows, the one read later counts. */
export function foreignRows(queryClient: QueryClient, query: Query<ListData>, hasEntry: (key: string) => boolean): Told[] {
  const [, scope, , projectId] = query.queryKey as string[];
  const askedAt = Math.min(query.state.dataUpdatedAt, monotonicNow());
  const data = wholeList(query.state.data);
  query.setState({ data: agree(data) });
  return [...data.containers, ...data.newer].flatMap((row): Told[] => {
    const key = keyOf(row);
    const other = findRow(queryClient, String(scope), key, query);
    if (other === undefined && !hasEntry(key)) return [];
    const latest = other && other.readAt > askedAt ? other : { row, readAt: askedAt };
    const value = { ...latest.row, projectId: latest.row.projectId ?? String(projectId) };
    return [{ kind: 'row', id: row.id, value, askedAt: latest.readAt }];
  });
}

/** Writes to a list without changing `dataUpdatedAt` or `error`, because nothing was read. */
export function setList<ReadError extends Error>(query: Query<ListData, ReadError>, data: ListData): void {
  if (data !== query.state.data) query.setState({ data: agree(data) });
}

/** Refreshes the lists of projects, because they can have new rows. Accepts both spellings of project ids: old 202 responses omit `prj_`. */
export function refreshLists(client: Pick<LayersClient, 'scope'>, queryClient: QueryClient, projectIds: readonly (string | null)[]): void {
  const projects = projectIds.map((id) => id && bareProject(id));
  void queryClient.invalidateQueries({
    queryKey: ['layers', client.scope, 'list'],
    predicate: ({ queryKey }) => projects.includes(bareProject(String(queryKey[3]))),
  });
}

/** Updates the rows of every list of a scope in place. A list that was mounted or read here takes in others, too. */
export function patchLists(queryClient: QueryClient, scope: string, patches: ReadonlyMap<string, RowPatch>): void {
  for (const query of listsOf(queryClient, scope)) {
    const { data } = query.state;
    if (data === undefined) continue;
    const rows = [...patches].flatMap(([key, patch]) => patch(rowAt(data, key)) ?? []);
    const list = knownLists.get(query);
    if (list) list.receive(rows);
    else setList(query, patchRows(data, rows));
  }
}
