import type { UseMutationResult } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';
import type { AcceptedJob } from '../model/job.js';
import { useMessages } from '../provider/MessagesContext.js';
import { type ProblemInWords, useProblemWords } from './useProblemWords.js';

/** TanStack's own mutation result, and what it says to a person. */
export type StartResult<Input> = UseMutationResult<AcceptedJob, LayersError, Input> & {
  /** What `error` means: its kind, its words, and the errors of single fields by their names in the input. `null` without an error. */
  problem: ProblemInWords | null;
  /** What is to be said of a success: that an earlier request had begun it (`data.isReplay`). `null` otherwise. */
  notice: string | null;
};

/** Adds the words to a mutation that starts something. */
export function useStartResult<Input>(result: UseMutationResult<AcceptedJob, LayersError, Input>): StartResult<Input> {
  const { messages } = useMessages();
  const problem = useProblemWords(result.error);
  return { ...result, problem, notice: result.data?.isReplay ? messages.generationReplayed : null };
}
