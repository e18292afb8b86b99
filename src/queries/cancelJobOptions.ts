import type { QueryClient, UseMutationOptions } from '@tanstack/react-query';
import { heldBy } from '../internal/heldBy.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import { isLayersError, type LayersError } from '../model/errors.js';
import type { Job } from '../model/job.js';
import { layersKeys } from './keys.js';

/** The outcome of canceling a job. */
export interface CancelAnswer {
  /** `accepted`: it stops soon, and is polled until then. `ended`: it had already ended. `unavailable`: it can't be canceled in this stage. */
  answer: 'accepted' | 'ended' | 'unavailable';
  /** The stage in which it can't be canceled, as sent by the API; `null` if unknown. */
  stage: string | null;
}

/** Requests in flight, by job: a double click sends one. */
const underWay = heldBy(() => new Map<string, Promise<CancelAnswer>>());

/**
 * TanStack mutation options that cancel a job. The API's three outcomes are data: a stage that can't be canceled isn't an error. Safe to repeat; a job known to
 * have ended sends no request.
 */
export function cancelJobOptions(
  client: LayersClient,
  queryClient: QueryClient,
  jobId: string,
): UseMutationOptions<CancelAnswer, LayersError, void> {
  const queryKey = layersKeys.job(client, jobId);
  return {
    mutationKey: [...queryKey, 'cancel'],
    mutationFn: async () => {
      const known = queryClient.getQueryData<Job>(queryKey);
      if (known !== undefined && known.status !== 'running') return { answer: 'ended', stage: null };
      const asked = underWay(client);
      const answer = asked.get(jobId) ?? cancel(client, jobId).finally(() => asked.delete(jobId));
      asked.set(jobId, answer);
      return answer;
    },
    networkMode: 'always',
    retry: false,
    onSuccess: async ({ answer }) => {
      if (answer !== 'unavailable') await queryClient.invalidateQueries({ queryKey, exact: true });
    },
  };
}

async function cancel(client: LayersClient, jobId: string): Promise<CancelAnswer> {
  try {
    const { accepted, reason } = await client.cancelJob(jobId);
    if (accepted) return { answer: 'accepted', stage: null };
    return { answer: reason === 'ALREADY_COMPLETED' ? 'ended' : 'unavailable', stage: null };
  } catch (error) {
    if (!isLayersError(error) || error.code !== 'CONFLICT' || error.details?.['subcode'] !== 'JOB_CANCEL_UNAVAILABLE') throw error;
    const { stage } = error.details;
    return { answer: 'unavailable', stage: typeof stage === 'string' ? stage : null };
  }
}
