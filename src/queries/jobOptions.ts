import type { Job } from '../model/job.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
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
  return unlessIdle(jobId, (id) => readOptions(client, 'job', id, options) as never);
}
