'use client';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';
import type { Job } from '../model/job.js';
import { useLayers } from '../provider/LayersContext.js';
import { jobOptions } from '../queries/jobOptions.js';
import type { PollingOptions } from '../queries/polling.js';

/** Options of {@link useJob}. */
export interface UseJobOptions extends PollingOptions {
  /** `false`: reads nothing. @default true */
  enabled?: boolean | undefined;
}

/**
 * One job of any kind, read at the documented cadence until it is completed, failed or canceled.
 *
 * @example
 * const { data: job } = useJob(accepted.jobId);
 *
 * @param id `null` and `undefined` read nothing
 */
export function useJob(id: string | null | undefined, options: UseJobOptions = {}): UseQueryResult<Job, LayersError> {
  const { client, queryClient } = useLayers();
  const { enabled = true, ...rest } = options;
  return useQuery({ ...jobOptions(client, id ?? '', rest), enabled: Boolean(id) && enabled }, queryClient);
}
