'use client';
import { type MutateOptions, notifyManager, type UseMutationResult, useMutation } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ApprovalResult } from '../model/approval.js';
import type { LayersError } from '../model/errors.js';
import { useLayers } from '../provider/LayersContext.js';
import { approvalOptions, showDecision } from '../queries/decide.js';
import type { ApprovalDecision } from '../queries/decisionText.js';

type Options = MutateOptions<ApprovalResult, LayersError, ApprovalDecision, unknown>;

/**
 * Decides a container's approval. Returns TanStack's mutation result: `mutate({ decision: 'approve' })` or `mutate({ decision: 'reject', reason })`,
 * `isPending`, `error`. The decision is an optimistic update wherever the container is shown, rolled back on failure. Overlapping calls of the same
 * decision, from any component, are one request.
 *
 * `error`: `CONFLICT` if someone else decided first (`details.approvalStatus` is the current status), `FORBIDDEN_SCOPE` if the key can't decide,
 * `INVALID_INPUT` for a note over 1,024 characters or a reason that isn't 1 to 1,024 long: then nothing was sent.
 *
 * @param containerId with `null` and `undefined`, `mutate` fails with `INVALID_INPUT`
 *
 * @example
 * const approval = useApproval(container.id);
 * <button disabled={approval.isPending} onClick={() => approval.mutate({ decision: 'approve' })}>Approve</button>
 */
export function useApproval(containerId: string | null | undefined): UseMutationResult<ApprovalResult, LayersError, ApprovalDecision> {
  const { client, queryClient } = useLayers();
  const id = containerId ?? '';
  const result = useMutation(approvalOptions(client, queryClient, id), queryClient);
  const { mutateAsync: send } = result;
  // What the decision changes and that it is on its way are one commit, whoever shows which.
  const mutateAsync = useCallback(
    (input: ApprovalDecision, options?: Options) =>
      notifyManager.batch(() => {
        const settle = showDecision(client, queryClient, id, input);
        return send(input, options).finally(settle);
      }),
    [client, queryClient, id, send],
  );
  const mutate = useCallback(
    (input: ApprovalDecision, options?: Options) => void mutateAsync(input, options).catch(() => {}),
    [mutateAsync],
  );
  return { ...result, mutate, mutateAsync };
}
