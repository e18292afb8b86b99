import type { QueryClient, UseMutationOptions } from '@tanstack/react-query';
import { type RegenerateInput, regenerateBody } from '../client/generate.js';
import type { LayersError } from '../model/errors.js';
import { readGenerationProblem } from '../model/generationProblem.js';
import type { AcceptedJob } from '../model/job.js';
import type { LayersClient } from '../schedule/createLayersClient.js';
import { cacheOf } from './cacheOf.js';
import { layersKeys } from './keys.js';
import { readAgain, showJob } from './showStarted.js';
import { startOnce } from './startOnce.js';

/**
 * TanStack mutation options that make a container again in its place, once for each intent as `generateOptions` does. Wherever it is shown it waits to
 * start, undecided; on a conflict, or where no answer says what happened, it is read again.
 */
export function regenerateOptions(
  client: LayersClient,
  queryClient: QueryClient,
  containerId: string,
): UseMutationOptions<AcceptedJob, LayersError, RegenerateInput | void> {
  const mutationKey = [...layersKeys.container(client, containerId), 'regenerate'];
  return {
    mutationKey,
    mutationFn: async (asked) => {
      const input = asked ?? {};
      const what = [...mutationKey, regenerateBody(input)];
      // The client tells that it was accepted; it is written here, too, where nobody looks at the moment.
      const leave = cacheOf(client, queryClient).use({});
      try {
        return await startOnce(client, what, (idempotencyKey) => client.regenerate(containerId, input, { idempotencyKey }));
      } finally {
        leave();
      }
    },
    networkMode: 'always',
    retry: false,
    onSuccess: (accepted) => {
      showJob(client, queryClient, accepted);
      if (accepted.isReplay) void readAgain(client, containerId);
    },
    onError: (error) => {
      const { kind } = readGenerationProblem(error);
      if (kind === 'unknown' || kind === 'sent_before' || kind === 'conflict') void readAgain(client, containerId);
    },
  };
}
