import type { QueryClient } from '@tanstack/react-query';
import type { LayersClient } from '../../client/LayersClient.js';
import type { Followed } from '../../client/reads/followed.js';
import type { Lane } from '../../client/reads/readBudget.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import type { ContainerSummary } from '../../model/container.js';
import { containerKey } from '../../model/ids.js';
import { CADENCE, retryDelay, steadyJitter } from '../cadence.js';
import { isFurther } from '../isFurther.js';
import type { ContainerListQuery } from './containerListFilters.js';
import { indexOf, isKnown, type ListData, patchRows } from './listData.js';
import type { ListPriority, ListSource } from './reads.js';

const LANES: Record<ListPriority, Lane> = { person: 'asked', sweep: 'visible', first: 'asked', rest: 'rest' };

/** What a list of a project is read with. */
export const listSource = (client: LayersClient, projectId: string, filters: ContainerListQuery): ListSource => ({
  filters,
  read: (cursor, wire, { signal, priority }) => client.reads.readPage(projectId, wire, { cursor, signal }, LANES[priority]),
  merge: (rows) => rows,
});

/** The pause after a first page has failed so often in a row; `false`: reading again cannot help. */
export const retryPause = (error: unknown, failures: number, name: string): number | false =>
  retryDelay(error, failures, steadyJitter(name, failures));

/** What decides when the list of somebody who looks at it is read. */
export interface ListScheduler {
  isPageVisible: () => boolean;
  /** When the page last came back into view, on the clock of `monotonicNow`. */
  shownAt: () => number;
  /** Runs a read when its turn has come. */
  request: (read: { priority: ListPriority; run: () => Promise<void> }) => Promise<void>;
  /** Calls back when something is to be decided again. */
  subscribe: (listener: () => void) => () => void;
  /** Has rows in flight looked after, and no others. */
  follow: (rows: readonly ContainerSummary[]) => void;
  /** Whether the end of a row is still to be read: it is in flight, and can be read. */
  awaits: (row: ContainerSummary) => boolean;
  /** Calls back with what was read of containers elsewhere. */
  onRows: (listener: (rows: readonly ContainerSummary[]) => void) => () => void;
}

/** The scheduler of one list that is shown. */
export function listScheduler(client: LayersClient): ListScheduler {
  const { reads } = client;
  const rows = new Map<string, FollowedRow>();
  return {
    isPageVisible: () => reads.visibility.isPageVisible,
    shownAt: () => reads.shownAt,
    request: ({ run }) => run(),
    subscribe: (listener) => reads.subscribe(listener),
    follow: (inFlight) => {
      const keys = new Set(inFlight.map(({ id }) => containerKey(id)));
      for (const { id } of inFlight) {
        const key = containerKey(id);
        if (rows.has(key)) continue;
        const row = followedRow(client, id, () => rows.get(key) === row);
        rows.set(key, row);
        reads.follow(row, row);
      }
      for (const key of rows.keys()) if (!keys.has(key)) rows.delete(key);
    },
    awaits: ({ id }) => (rows.get(containerKey(id))?.delay() ?? false) !== false,
    onRows: (listener) =>
      reads.onRows((told) => {
        for (const { id } of told) rows.get(containerKey(id))?.seen();
        listener(told);
      }),
  };
}

interface FollowedRow extends Followed {
  seen(): void;
}

/** A row in flight, as the loop sees it: no record is read for it while a list read tells its status. */
function followedRow(client: LayersClient, id: string, isActive: () => boolean): FollowedRow {
  const state = { at: monotonicNow(), isReading: false, failures: 0, error: null as unknown };
  return {
    kind: 'row',
    id,
    isActive,
    delay: () => (state.failures === 0 ? CADENCE.slow : retryDelay(state.error, state.failures, 0)),
    settledAt: () => state.at,
    lastNews: () => null,
    errorCode: () => null,
    isReading: () => state.isReading,
    needsDetail: () => false,
    etaSeconds: () => null,
    hasEnded: () => false,
    read: async () => {
      state.isReading = true;
      const error: unknown = await client.getContainer(id).then(
        () => null,
        (reason: unknown) => reason,
      );
      Object.assign(state, { at: monotonicNow(), isReading: false, failures: error === null ? 0 : state.failures + 1, error });
      client.reads.wake();
      return error;
    },
    receive: () => undefined,
    take: () => undefined,
    seen: () => void Object.assign(state, { at: monotonicNow(), failures: 0 }),
  };
}

/** What rows and records tell of the containers of a list, as its rows are to be: nothing that is behind, and nothing that a row does not carry. */
export function finishedRows(data: ListData, told: readonly ContainerSummary[]): Map<string, ContainerSummary> {
  const rows = new Map<string, ContainerSummary>();
  for (const read of told) {
    const key = containerKey(read.id);
    const row = data.containers[indexOf(data.containers).get(key) ?? -1] ?? data.newer[indexOf(data.newer).get(key) ?? -1];
    if (row === undefined && !isKnown(data, read)) rows.set(key, carried(read, data.containers[0] ?? read, read.projectId));
    else if (row === undefined || isFurther(row.status, read.status)) continue;
    else if (read.rawStatus !== row.rawStatus || read.rawApprovalStatus !== row.rawApprovalStatus)
      rows.set(key, carried(read, row, row.projectId));
  }
  return rows;
}

/** What a row carries of a record. */
function carried(record: ContainerSummary, row: ContainerSummary, projectId: string | null): ContainerSummary {
  const keys = Object.keys(row) as (keyof ContainerSummary)[];
  return { ...(Object.fromEntries(keys.map((key) => [key, record[key]])) as unknown as ContainerSummary), projectId };
}

/** Changes the row of one container in every list. */
export function updateRow(
  queryClient: QueryClient,
  scope: string,
  containerId: string,
  update: (row: ContainerSummary) => ContainerSummary,
): void {
  const key = containerKey(containerId);
  for (const query of queryClient.getQueryCache().findAll({ queryKey: ['layers', scope, 'list'] })) {
    const data = query.state.data as ListData | undefined;
    const row = data && (data.containers[indexOf(data.containers).get(key) ?? -1] ?? data.newer[indexOf(data.newer).get(key) ?? -1]);
    if (data === undefined || row === undefined) continue;
    const { approval } = (query.queryKey[4] ?? {}) as { approval?: readonly string[] };
    const next = patchRows(data, new Map([[key, update(row)]]), approval);
    if (next !== data) query.setState({ data: next });
  }
}
