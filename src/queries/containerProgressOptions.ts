import type { ContainerProgress } from '../progress/ContainerProgress.js';
import type { AdvanceProgressOptions } from '../progress/options.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import { type ContainerEntry, progressOf } from '../entries/entry.js';
import { unlessIdle } from './idle.js';
import type { layersKeys } from './keys.js';
import { asEntry } from '../entries/makeEntry.js';
import { type PollingOptions, readOptions } from './readOptions.js';
import type { LayersQueryOptions } from './types.js';

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

/** Selects the progress from an entry. */
function selectProgress(data: ContainerProgress): ContainerProgress {
  // A placeholder is a progress already.
  return 'sources' in data || 'id' in data ? progressOf(asEntry(data, 0) as ContainerEntry) : data;
}
