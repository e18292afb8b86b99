'use client';
import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import type { ApprovalResult } from '../model/approval.js';
import type { LayersError } from '../model/errors.js';
import { useLayers } from '../provider/LayersContext.js';
import { approvalOptions } from '../queries/approvalOptions.js';
import type { ApprovalDecision } from '../queries/decisionText.js';

/**
 * Decides a container's approval. TanStack's own mutation result: `mutate({ decision: 'approve' })` or `mutate({ decision: 'reject', reason })`,
 * `isPending`, `error` (`CONFLICT` when somebody else decided first).
 *
 * @example
 * const approval = useApproval(container.id);
 * <button disabled={approval.isPending} onClick={() => approval.mutate({ decision: 'approve' })}>Approve</button>
 */
export function useApproval(containerId: string): UseMutationResult<ApprovalResult, LayersError, ApprovalDecision> {
  const { client, queryClient } = useLayers();
  return useMutation(approvalOptions(client, queryClient, containerId), queryClient);
}
