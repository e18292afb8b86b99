'use client';
import { type MutationState, useMutationState } from '@tanstack/react-query';
import { useRef } from 'react';
import { callHost } from '../internal/callHost.js';
import type { LayersError } from '../model/errors.js';
import type { ApprovalResult } from '../model/approval.js';
import { useLayers } from '../provider/LayersContext.js';
import { isOfEarlierLife } from '../queries/decide.js';
import type { ApprovalDecision } from '../queries/decisionText.js';
import { layersKeys } from '../queries/keys.js';
import { useApproval } from './useApproval.js';

type Decision = MutationState<ApprovalResult, LayersError, ApprovalDecision>;

/** The state of a container's decision, whichever component made it, even if it has unmounted. A regeneration starts without one. */
export interface UseDecisionResult {
  /** The decision in flight; `null`: none. */
  deciding: ApprovalDecision | null;
  /** The latest failed decision; `null` after a later success. */
  failed: { input: ApprovalDecision; error: LayersError } | null;
  /** The API's response to the latest successful decision; `null`: none. */
  result: ApprovalResult | null;
  /** Whether this client's last decision, on any container, was refused because its key can't decide. */
  isForbidden: boolean;
  /** Resolves to whether the decision succeeded; never rejects. */
  decide: (input: ApprovalDecision) => Promise<boolean>;
}

/**
 * {@link useApproval} for a component that can remount meanwhile, or be shown twice for one container: it reads from TanStack's mutation cache.
 * @param onDecided called with the API's response to a decision made here
 */
export function useDecision(containerId: string, onDecided?: (result: ApprovalResult) => void): UseDecisionResult {
  const { client, queryClient } = useLayers();
  const { mutateAsync } = useApproval(containerId);
  const mutationKey = [...layersKeys.container(client, containerId), 'approval'];
  const all = useMutationState<Decision>({ filters: { mutationKey, exact: true }, select: ({ state }) => state as Decision }, queryClient);
  const decisions = all.filter(
    ({ status, variables }) => status === 'pending' || !variables || !isOfEarlierLife(client, queryClient, containerId, variables),
  );
  // In the order of submission; true: forbidden.
  const outcomes = useMutationState<boolean>(
    {
      filters: {
        mutationKey: layersKeys.all(client) as never,
        predicate: ({ options, state }) =>
          options.mutationKey?.at(-1) === 'approval' && (state.status === 'success' || isForbidden(state.error)),
      },
      select: ({ state }) => state.status === 'error',
    },
    queryClient,
  );
  const told = useRef<ApprovalResult | null>(null);
  const latest = decisions.at(-1);
  return {
    deciding: decisions.find(({ status }) => status === 'pending')?.variables ?? null,
    failed: latest?.status === 'error' && latest.variables && latest.error ? { input: latest.variables, error: latest.error } : null,
    result: decisions.findLast(({ status }) => status === 'success')?.data ?? null,
    isForbidden: outcomes.at(-1) ?? false,
    decide: (input) =>
      mutateAsync(input).then(
        (result) => {
          // A second click joins the first and gets the same response.
          const isNews = told.current !== result;
          told.current = result;
          if (isNews) callHost(onDecided, result);
          return true;
        },
        () => false,
      ),
  };
}

const isForbidden = (error: unknown) => (error as LayersError | null)?.code === 'FORBIDDEN_SCOPE';
