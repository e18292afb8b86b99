import type { QueryClient, UseMutationOptions } from '@tanstack/react-query';
import { type RegenerateInput, regenerateBody } from '../client/generate.js';
import type { LayersClient } from '../client/LayersClient.js';
import type { LayersError } from '../model/errors.js';
import { readGenerationProblem } from '../model/generationProblem.js';
import type { AcceptedJob } from '../model/job.js';
import { layersKeys } from './keys.js';
import { readAnew, showRegenerated } from './showRegenerated.js';
import { startOnce } from './startOnce.js';

/**
 * TanStack mutation options that make a container anew in its place, once for each intent as `generateOptions` does. The record, its progress and every
 * list show that it waits to start; on a conflict, or where no answer tells, it is read again.
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
      return startOnce(client, what, (idempotencyKey) => client.regenerate(containerId, input, { idempotencyKey }));
    },
    networkMode: 'always',
    retry: false,
    onSuccess: (accepted, input) => {
      void showRegenerated(client, queryClient, containerId, accepted, input?.preserveAssets === true);
    },
    onError: (error) => {
      const { kind } = readGenerationProblem(error);
      if (kind === 'unknown' || kind === 'sent_before' || kind === 'conflict') void readAnew(client, queryClient, containerId);
    },
  };
}
