import type { ContainerProgress } from '../progress/ContainerProgress.js';
import type { AdvanceProgressOptions } from '../progress/options.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import { type ContainerEntry, progressOf } from '../entries/entry.js';
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
 */
export function containerProgressOptions(
  client: LayersClient,
  containerId: string,
  options: ContainerProgressOptions = {},
): LayersQueryOptions<ContainerProgress, ContainerProgress, ReturnType<typeof layersKeys.progress>> {
  return { ...readOptions(client, 'progress', containerId, options), select: selectProgress } as never;
}

/** Selects the progress from an entry. */
function selectProgress(data: ContainerProgress): ContainerProgress {
  // A placeholder is a progress already.
  return 'sources' in data || 'id' in data ? progressOf(asEntry(data, 0) as ContainerEntry) : data;
}
