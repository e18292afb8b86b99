import type { QueryClient, UseMutationOptions } from '@tanstack/react-query';
import { type RegenerateInput, regenerateBody } from '../client/generate.js';
import type { LayersError } from '../model/errors.js';
import { readGenerationProblem } from '../model/generationProblem.js';
import type { AcceptedJob } from '../model/job.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import { cacheOf } from './cacheOf.js';
import { layersKeys } from './keys.js';
import { readAgain, showJob } from './showStarted.js';
import { startOnce } from './startOnce.js';

/**
 * TanStack mutation options that regenerate a container in place, with one `Idempotency-Key` per intent like `generateOptions`. The container is shown as
 * queued and undecided; on a conflict, or if the outcome is unknown, it is refetched.
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
      // Keeps this cache written to even if nothing observes the container.
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
