'use client';
import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';
import { useLayers } from '../provider/LayersContext.js';
import { useMessages } from '../provider/MessagesContext.js';
import { type CancelAnswer, cancelJobOptions } from '../queries/cancelJobOptions.js';

/** TanStack's own mutation result, and what it says to a person. */
export type UseCancelJobResult = UseMutationResult<CancelAnswer, LayersError, void> & {
  /** The answer in words, or that there was none; `null` before. That it stops is worth saying until `useJob` tells that it has. */
  message: string | null;
};

/**
 * Asks a job to stop: `mutate()`. `data.answer` is one of three: `accepted` (it stops in a moment; whoever follows it reads on until it has), `ended` (it
 * had ended before) or `unavailable` (not in this stage).
 *
 * @example
 * const cancel = useCancelJob(job.jobId);
 * <button disabled={cancel.isPending} onClick={() => cancel.mutate()}>Stop</button>
 * <p role="status">{cancel.message}</p>
 *
 * @param jobId with `null` and `undefined`, `mutate` fails with `INVALID_INPUT`
 */
export function useCancelJob(jobId: string | null | undefined): UseCancelJobResult {
  const { client, queryClient } = useLayers();
  const { messages } = useMessages();
  const result = useMutation(cancelJobOptions(client, queryClient, jobId ?? ''), queryClient);
  const answer = result.data?.answer ?? (result.error ? 'failed' : null);
  return { ...result, message: answer && messages.cancelAnswer(answer) };
}
