import type { UseQueryResult } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';
import type { Job } from '../model/job.js';
import { useLayers } from '../provider/LayersContext.js';
import { jobOptions } from '../queries/jobOptions.js';
import type { PollingOptions } from '../queries/readOptions.js';
import { type ReadHookOptions, useRead, withHookOptions } from './useRead.js';

/** Options of {@link useJob}. */
export interface UseJobOptions<Selected = Job> extends PollingOptions, ReadHookOptions<Job, Selected> {}

/**
 * One job of any kind, polled at the documented cadence until it is completed, failed or canceled.
 *
 * @example
 * const { data: job } = useJob(accepted.jobId);
 *
 * @param id `null` and `undefined` read nothing
 */
export function useJob<Selected = Job>(
  id: string | null | undefined,
  { refetchInterval, ...options }: UseJobOptions<Selected> = {},
): UseQueryResult<Selected, LayersError> {
  const layers = useLayers();
  return useRead<Selected>(layers, withHookOptions(jobOptions(layers.client, id, { refetchInterval }), options));
}
