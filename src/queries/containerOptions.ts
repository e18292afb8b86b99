import type { LayersClient } from '../schedule/scheduledClient.js';
import type { Container } from '../model/container.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import type { AdvanceProgressOptions } from '../progress/options.js';
import { bareRow, type ContainerEntry, isEntry, progressOf, recordFrom, recordOf } from '../entries/entry.js';
import { asEntry } from '../entries/makeEntry.js';
import type { layersKeys } from './keys.js';
import { type PollingOptions, readOptions } from './readOptions.js';
import { type LayersQueryOptions, unlessIdle } from './queryOptions.js';

/**
 * TanStack Query options for one container, kept current until it is completed, failed or canceled. `data` is set as soon as anything is known, from a list row
 * or its progress (`isPartial`); the record is read when the budget has room, and again when the container ends.
 *
 * @example
 * const { data } = useQuery(containerOptions(client, id));
 * await queryClient.prefetchQuery(containerOptions(client, id));
 *
 * @param containerId with or without `cnt_`; `null` and `undefined` read nothing
 */
export function containerOptions(
  client: LayersClient,
  containerId: string | null | undefined,
  options: PollingOptions = {},
): LayersQueryOptions<Container, Container, ReturnType<typeof layersKeys.container>> {
  return unlessIdle(containerId, (id) => ({ ...readOptions(client, 'record', id, options), select: selectRecord }) as never);
}

/** Options of {@link containerProgressOptions}. */
export interface ContainerProgressOptions extends PollingOptions {
  /** Additional input of the estimate, such as a stage plan or learned stage durations. @default the client's history */
  estimate?: AdvanceProgressOptions | undefined;
}

/**
 * TanStack Query options for a container's progress: polled at the documented cadence (2 s; 5 s once a stage has lasted 30 s) until a terminal status, with
 * each snapshot reduced into an overall estimate by `advanceProgress`. Record and progress share one cache entry.
 *
 * @param containerId with or without `cnt_`; `null` and `undefined` read nothing
 */
export function containerProgressOptions(
  client: LayersClient,
  containerId: string | null | undefined,
  options: ContainerProgressOptions = {},
): LayersQueryOptions<ContainerProgress, ContainerProgress, ReturnType<typeof layersKeys.progress>> {
  return unlessIdle(containerId, (id) => ({ ...readOptions(client, 'progress', id, options), select: selectProgress }) as never);
}

/** Selects the record from an entry, or from what the host wrote or gave as a placeholder: a container or its progress. */
function selectRecord(data: Container | ContainerProgress): Container {
  if (isEntry(data)) return recordOf(data);
  return 'id' in data ? recordFrom(data) : { ...recordFrom(bareRow(data.containerId, data)), isPartial: true };
}

/** Selects the progress from an entry. */
function selectProgress(data: ContainerProgress): ContainerProgress {
  // A placeholder is a progress already.
  return 'sources' in data || 'id' in data ? progressOf(asEntry(data, 0) as ContainerEntry) : data;
}
