'use client';
import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';
import { useLayers } from '../provider/LayersContext.js';
import { useMessages } from '../provider/MessagesContext.js';
import { type CancelAnswer, cancelJobOptions } from '../queries/cancelJobOptions.js';

/** TanStack's mutation result, with a message. */
export type UseCancelJobResult = UseMutationResult<CancelAnswer, LayersError, void> & {
  /** The outcome in words; `null` before. Show "canceling" until `useJob` reports the end. */
  message: string | null;
};

/**
 * Cancels a job: `mutate()`. `data.answer` is `accepted` (it stops soon, and is polled until then), `ended` (it had already ended) or `unavailable` (not
 * possible in this stage).
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
