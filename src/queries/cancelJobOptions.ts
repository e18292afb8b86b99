import type { QueryClient, UseMutationOptions } from '@tanstack/react-query';
import type { LayersClient } from '../schedule/createLayersClient.js';
import { isLayersError, type LayersError } from '../model/errors.js';
import type { Job } from '../model/job.js';
import { layersKeys } from './keys.js';

/** What came of asking a job to stop. */
export interface CancelAnswer {
  /** `accepted`: it stops in a moment, and is read until it has. `ended`: it had ended before. `unavailable`: it cannot be stopped in this stage. */
  answer: 'accepted' | 'ended' | 'unavailable';
  /** The stage that it cannot be stopped in, by its wire name; `null` where none is named. */
  stage: string | null;
}

/**
 * TanStack mutation options that ask a job to stop. The API's three answers are three answers here too: that a stage cannot be canceled is no error.
 * Asking is safe to repeat; a job that is known to have ended is not asked.
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
      return cancel(client, jobId);
    },
    networkMode: 'always',
    retry: false,
    onSuccess: async ({ answer }) => {
      if (answer !== 'unavailable') await queryClient.invalidateQueries({ queryKey, exact: true });
    },
  };
}

const underWay = new WeakMap<LayersClient, Map<string, Promise<CancelAnswer>>>();

/** Asks once: who asks again before the answer has come gets the same one. */
function cancel(client: LayersClient, jobId: string): Promise<CancelAnswer> {
  const asked = underWay.get(client) ?? new Map<string, Promise<CancelAnswer>>();
  underWay.set(client, asked);
  const answer = asked.get(jobId) ?? ask(client, jobId).finally(() => asked.delete(jobId));
  asked.set(jobId, answer);
  return answer;
}

async function ask(client: LayersClient, jobId: string): Promise<CancelAnswer> {
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
