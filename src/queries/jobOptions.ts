import type { LayersClient } from '../client/LayersClient.js';
import type { Job } from '../model/job.js';
import { inFlightDelay } from './cadence.js';
import { layersKeys } from './keys.js';
import { millisecondsInStage } from './polledQuery.js';
import { type PollingOptions, pollingOptions } from './polling.js';
import type { LayersQueryOptions } from './types.js';

/**
 * TanStack Query options for a job, read until it is completed, failed or canceled; an unchanged job costs a 304. Terminal jobs are final and are
 * never read again (jobs page).
 */
export function jobOptions(
  client: LayersClient,
  jobId: string,
  options: PollingOptions = {},
): LayersQueryOptions<Job, ReturnType<typeof layersKeys.job>> {
  return {
    queryKey: layersKeys.job(client, jobId) as never,
    queryFn: ({ signal }) => client.getJob(jobId, { signal }),
    ...pollingOptions<Job>(client.reads, {
      kind: 'job',
      id: jobId,
      isTerminal: ({ status }) => status !== 'running',
      receive: (_, job: Job) => job,
      delay: ({ stage }, query) => inFlightDelay(millisecondsInStage(query, stage ?? ''), options.refetchInterval),
    }),
  };
}
