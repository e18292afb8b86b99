import type { Job } from '../model/job.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import { progressOfJob, shareJob } from './jobProgress.js';
import type { layersKeys } from './keys.js';
import { type PollingOptions, readOptions } from './readOptions.js';
import { type LayersQueryOptions, unlessIdle } from './queryOptions.js';

/**
 * TanStack Query options for a job, polled until it is completed, failed or canceled; an unchanged job is a 304. Its `progress` (0 to 1) never decreases,
 * and is 1 once it is completed. Ended jobs are never read again (jobs page).
 *
 * @param jobId `null` and `undefined` read nothing
 */
export function jobOptions(
  client: LayersClient,
  jobId: string | null | undefined,
  options: PollingOptions = {},
): LayersQueryOptions<Job, Job, ReturnType<typeof layersKeys.job>> {
  return unlessIdle(jobId, (id) => ({ ...readOptions(client, 'job', id, options), structuralSharing: shareJob }) as never);
}

/**
 * TanStack Query options for the progress of a job of any kind, in the shape of a container's: polled like `jobOptions`, with which it shares its cache entry,
 * and reduced by `advanceProgress`. `percent` is the share that the server tells of the whole job. `containerId` is its first container's, else the job's id.
 *
 * @param jobId `null` and `undefined` read nothing
 */
export function jobProgressOptions(
  client: LayersClient,
  jobId: string | null | undefined,
  options: PollingOptions = {},
): LayersQueryOptions<Job, ContainerProgress, ReturnType<typeof layersKeys.job>> {
  return unlessIdle(jobId, (id) => ({ ...jobOptions(client, id, options), select: progressOfJob }) as never);
}
