import type { QueryClient, UseMutationOptions } from '@tanstack/react-query';
import type { LayersClient } from '../schedule/scheduledClient.js';
import type { ApprovalResult } from '../model/approval.js';
import type { LayersError } from '../model/errors.js';
import { decide } from './decide.js';
import type { ApprovalDecision } from './decisionText.js';
import { layersKeys } from './keys.js';

/**
 * TanStack mutation options that decide a container's approval: an optimistic update of the container and every list, rolled back on failure and never undone
 * by a stale read. Overlapping calls of the same decision are one request. After a 409, or if the outcome is unknown, the container is refetched.
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
