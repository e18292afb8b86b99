import type { LayersClient } from '../client/LayersClient.js';
import { advanceJob, type Job } from '../model/job.js';
import { inFlightDelay } from './cadence.js';
import { layersKeys } from './keys.js';
import { millisecondsInStage } from './polledQuery.js';
import { type PollingOptions, pollingOptions } from './polling.js';
import type { LayersQueryOptions } from './types.js';

/**
 * TanStack Query options for a job, read until it is completed, failed or canceled; an unchanged job costs a 304. Its `progress` never goes back, and 1
 * is said of what is completed. Terminal jobs are final and are never read again (jobs page).
 */
export function jobOptions(
  client: LayersClient,
  jobId: string,
  options: PollingOptions = {},
): LayersQueryOptions<Job, ReturnType<typeof layersKeys.job>> {
  const queryKey = layersKeys.job(client, jobId);
  return {
    queryKey: queryKey as never,
    queryFn: async ({ signal, client: queryClient }) => {
      const job = await client.getJob(jobId, { signal });
      return advanceJob(queryClient.getQueryData<Job>(queryKey) ?? null, job);
    },
    ...pollingOptions<Job>(client.reads, {
      kind: 'job',
      id: jobId,
      isTerminal: ({ status }) => status !== 'running',
      receive: (known, job: Job) => advanceJob(known ?? null, job),
      delay: ({ stage }, query) => inFlightDelay(millisecondsInStage(query, stage ?? ''), options.refetchInterval),
    }),
  };
}
