import type { UseMutationResult } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';
import type { AcceptedJob } from '../model/job.js';
import { useMessages } from '../provider/MessagesContext.js';
import { type ProblemInWords, useProblemWords } from './useProblemWords.js';

/** TanStack's mutation result, with messages for the user. */
export type StartResult<Input> = UseMutationResult<AcceptedJob, LayersError, Input> & {
  /** Describes `error`: its kind, a message, and field errors by their names in the input. `null` without an error. */
  problem: ProblemInWords | null;
  /** A message if the server returned the result of an earlier request (`data.isReplay`); `null` otherwise. */
  notice: string | null;
};

/** Adds messages to a mutation that starts something. */
export function useStartResult<Input>(result: UseMutationResult<AcceptedJob, LayersError, Input>): StartResult<Input> {
  const { messages } = useMessages();
  const problem = useProblemWords(result.error);
  return { ...result, problem, notice: result.data?.isReplay ? messages.generationReplayed : null };
}
