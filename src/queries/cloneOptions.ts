import type { QueryClient, UseMutationOptions } from '@tanstack/react-query';
import { type ClonePostInput, cloneBody } from '../client/generate.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import type { Container } from '../model/container.js';
import type { LayersError } from '../model/errors.js';
import type { AcceptedJob } from '../model/job.js';
import { layersKeys } from './keys.js';
import { showStarted } from './showStarted.js';
import { startOnce } from './startOnce.js';

/** TanStack mutation options that create new containers from a post, with one `Idempotency-Key` per intent like `generateOptions`. */
export function cloneOptions(
  client: LayersClient,
  queryClient: QueryClient,
  containerId: string,
): UseMutationOptions<AcceptedJob, LayersError, ClonePostInput> {
  const queryKey = layersKeys.container(client, containerId);
  const mutationKey = [...queryKey, 'clone'];
  return {
    mutationKey,
    mutationFn: async (input) => {
      const what = [...mutationKey, cloneBody(input)];
      return startOnce(client, what, (idempotencyKey) => client.cloneFromPost(containerId, input, { idempotencyKey }));
    },
    networkMode: 'always',
    retry: false,
    onSuccess: (accepted) => {
      const source = queryClient.getQueryData<Container>(queryKey);
      showStarted(client, queryClient, source?.projectId ?? null, accepted);
    },
  };
}
