'use client';
import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import type { ApprovalResult } from '../model/approval.js';
import type { LayersError } from '../model/errors.js';
import { useLayers } from '../provider/LayersContext.js';
import { approvalOptions } from '../queries/approvalOptions.js';
import type { ApprovalDecision } from '../queries/decisionText.js';

/**
 * Decides a container's approval. TanStack's own mutation result: `mutate({ decision: 'approve' })` or `mutate({ decision: 'reject', reason })`,
 * `isPending`, `error`. The decision shows at once wherever the container does, and is taken back if it fails. Calls of the same decision that overlap,
 * from whatever component, are one request.
 *
 * `error`: `CONFLICT` when somebody else decided first (`details.approvalStatus` says what holds), `FORBIDDEN_SCOPE` when the key may not decide,
 * `INVALID_INPUT` for a note over 1,024 characters or a reason that is not 1 to 1,024 long: then nothing was sent.
 *
 * @example
 * const approval = useApproval(container.id);
 * <button disabled={approval.isPending} onClick={() => approval.mutate({ decision: 'approve' })}>Approve</button>
 */
export function useApproval(containerId: string): UseMutationResult<ApprovalResult, LayersError, ApprovalDecision> {
  const { client, queryClient } = useLayers();
  return useMutation(approvalOptions(client, queryClient, containerId), queryClient);
}
