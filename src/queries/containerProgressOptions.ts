import type { ContainerProgress } from '../progress/ContainerProgress.js';
import type { AdvanceProgressOptions } from '../progress/options.js';
import type { LayersClient } from '../schedule/createLayersClient.js';
import { asEntry, type ContainerEntry, progressOf } from './entry.js';
import { layersKeys } from './keys.js';
import { type PollingOptions, readOptions } from './readOptions.js';
import type { LayersQueryOptions } from './types.js';

/** Options of {@link containerProgressOptions}. */
export interface ContainerProgressOptions extends PollingOptions {
  /** What the estimate may rest on beside the server's own: a stage plan, learned stage durations. */
  estimate?: AdvanceProgressOptions | undefined;
}

/**
 * TanStack Query options for a container's progress: read at the documented cadence (2 s; 5 s once the same stage has lasted 30 s) until a terminal status,
 * each snapshot folded into the whole-job estimate by `advanceProgress`. The cache entry is the container's: record and progress are two views of it.
 */
export function containerProgressOptions(
  client: LayersClient,
  containerId: string,
  { refetchInterval, estimate }: ContainerProgressOptions = {},
): LayersQueryOptions<ContainerProgress, ContainerProgress, ReturnType<typeof layersKeys.progress>> {
  return {
    ...readOptions(client, 'progress', { id: containerId, wants: 'progress', interval: refetchInterval }, estimate),
    queryKey: layersKeys.progress(client, containerId),
    select: selectProgress,
  } as never;
}

/** The progress in an entry. */
export function selectProgress(data: ContainerProgress): ContainerProgress {
  // A placeholder is a progress already.
  return 'sources' in data || 'id' in data ? progressOf(asEntry(data, 0) as ContainerEntry) : data;
}
