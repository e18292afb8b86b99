import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';
import type { AcceptedJob } from '../model/job.js';
import { useLayers } from '../provider/LayersContext.js';
import { useMessages } from '../provider/MessagesContext.js';
import type { StartOptionsOf } from '../queries/startOptions.js';
import { type ProblemInWords, useProblemWords } from './useProblemWords.js';

/** TanStack's mutation result, with messages for the user. */
export type StartResult<Input> = UseMutationResult<AcceptedJob, LayersError, Input> & {
  /** Describes `error`: its kind, a message, and field errors by their names in the input. `null` without an error. */
  problem: ProblemInWords | null;
  /** A message if the server returned the result of an earlier request (`data.isReplay`); `null` otherwise. */
  notice: string | null;
};

/** A mutation that starts something for a project or a container, with messages. */
export function useStart<Input>(optionsOf: StartOptionsOf<Input>, id: string | null | undefined): StartResult<Input> {
  const { client, queryClient } = useLayers();
  const result = useMutation(optionsOf(client, queryClient, id ?? ''), queryClient);
  const { messages } = useMessages();
  const problem = useProblemWords(result.error);
  return { ...result, problem, notice: result.data?.isReplay ? messages.generationReplayed : null };
}
