import type { QueryClient, UseMutationOptions } from '@tanstack/react-query';
import { type GenerateInput, generateRequest } from '../client/generate.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import type { LayersError } from '../model/errors.js';
import { readGenerationProblem } from '../model/generationProblem.js';
import type { AcceptedJob } from '../model/job.js';
import { layersKeys } from './keys.js';
import { refreshLists } from './list/patchLists.js';
import { showStarted } from './showStarted.js';
import { startOnce } from './startOnce.js';

/**
 * TanStack mutation options that start a generation. Each intent has one `Idempotency-Key`, reused for retries; lost responses are retried automatically, so
 * TanStack's `retry` is off. The accepted job and containers are in the cache at once, and the project's lists refresh, also if the outcome is unknown.
 */
export function generateOptions(
  client: LayersClient,
  queryClient: QueryClient,
  projectId: string,
): UseMutationOptions<AcceptedJob, LayersError, GenerateInput> {
  const mutationKey = [...layersKeys.lists(client, projectId), 'generate'];
  return {
    mutationKey,
    mutationFn: async (input) => {
      const { route, body } = generateRequest(input, client.edition);
      return startOnce(client, [...mutationKey, route, body], (idempotencyKey) => client.generate(projectId, input, { idempotencyKey }));
    },
    networkMode: 'always',
    retry: false,
    onSuccess: (accepted) => showStarted(client, queryClient, projectId, accepted),
    onError: (error) => {
      const { kind } = readGenerationProblem(error);
      if (kind === 'unknown' || kind === 'sent_before') refreshLists(client, queryClient, [projectId]);
    },
  };
}
