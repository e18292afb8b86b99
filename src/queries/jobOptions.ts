import type { Job } from '../model/job.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import type { layersKeys } from './keys.js';
import { type PollingOptions, readOptions } from './readOptions.js';
import type { LayersQueryOptions } from './types.js';

/**
 * TanStack Query options for a job, polled until it is completed, failed or canceled; an unchanged job is a 304. Its `progress` (0 to 1) never decreases,
 * and is 1 once it is completed. Ended jobs are never read again (jobs page).
 */
export function jobOptions(
  client: LayersClient,
  jobId: string,
  options: PollingOptions = {},
): LayersQueryOptions<Job, Job, ReturnType<typeof layersKeys.job>> {
  return readOptions(client, 'job', jobId, options) as never;
}
