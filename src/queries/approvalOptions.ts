import type { QueryClient, UseMutationOptions } from '@tanstack/react-query';
import type { LayersClient } from '../schedule/createLayersClient.js';
import type { ApprovalResult } from '../model/approval.js';
import type { LayersError } from '../model/errors.js';
import { decide } from './decide.js';
import type { ApprovalDecision } from './decisionText.js';
import { layersKeys } from './keys.js';

/**
 * TanStack mutation options that decide a container's approval. The decision shows at once in the container and in every list, and is taken back when it
 * fails; no read that began before it was settled undoes it. Two calls of the same decision are one request. After a 409, or where nobody knows whether
 * it was taken, the container is read again, so that the screen shows what holds.
 */
export function approvalOptions(
  client: LayersClient,
  queryClient: QueryClient,
  containerId: string,
): UseMutationOptions<ApprovalResult, LayersError, ApprovalDecision> {
  return {
    mutationKey: [...layersKeys.container(client, containerId), 'approval'],
    mutationFn: (input) => decide(client, queryClient, containerId, input),
    networkMode: 'always',
    retry: false,
  };
}
