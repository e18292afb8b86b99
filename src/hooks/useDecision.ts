'use client';
import { type MutationState, useMutationState } from '@tanstack/react-query';
import { useRef } from 'react';
import type { LayersError } from '../model/errors.js';
import type { ApprovalResult } from '../model/approval.js';
import { useLayers } from '../provider/LayersContext.js';
import type { ApprovalDecision } from '../queries/decisionText.js';
import { layersKeys } from '../queries/keys.js';
import { useApproval } from './useApproval.js';

type Decision = MutationState<ApprovalResult, LayersError, ApprovalDecision>;

/** How the decision of a container stands, whichever component took it and whether that is still there. */
export interface UseDecisionResult {
  /** The decision that is on its way; `null`: none. */
  deciding: ApprovalDecision | null;
  /** The last that failed, unless one has not failed since. */
  failed: { input: ApprovalDecision; error: LayersError } | null;
  /** The API's answer to the last that did not. */
  result: ApprovalResult | null;
  /** Whether the last decision of this client was refused because its key may not decide, whatever container that was. */
  isForbidden: boolean;
  /** Resolves with whether the decision was taken; never rejects. */
  decide: (input: ApprovalDecision) => Promise<boolean>;
}

/**
 * {@link useApproval} for a component that may be drawn anew meanwhile, or beside another of the same container: it reads from TanStack's mutation
 * cache.
 * @param onDecided called with the API's answer to a decision that was taken here
 */
export function useDecision(containerId: string, onDecided?: (result: ApprovalResult) => void): UseDecisionResult {
  const { client, queryClient } = useLayers();
  const { mutateAsync } = useApproval(containerId);
  const mutationKey = [...layersKeys.container(client, containerId), 'approval'];
  const decisions = useMutationState<Decision>(
    { filters: { mutationKey, exact: true }, select: ({ state }) => state as Decision },
    queryClient,
  );
  const refusals = useMutationState<{ at: number; isForbidden: boolean }>(
    {
      filters: {
        mutationKey: layersKeys.all(client) as never,
        predicate: ({ options, state }) =>
          options.mutationKey?.at(-1) === 'approval' && (state.status === 'success' || isForbidden(state.error)),
      },
      select: ({ state }) => ({ at: state.submittedAt, isForbidden: state.status === 'error' }),
    },
    queryClient,
  );
  const told = useRef<ApprovalResult | null>(null);
  const latest = decisions.at(-1);
  const lastRefusal = refusals.reduce((last, each) => (each.at >= last.at ? each : last), { at: 0, isForbidden: false });
  return {
    deciding: decisions.find(({ status }) => status === 'pending')?.variables ?? null,
    failed: latest?.status === 'error' && latest.variables && latest.error ? { input: latest.variables, error: latest.error } : null,
    result: decisions.findLast(({ status }) => status === 'success')?.data ?? null,
    isForbidden: lastRefusal.isForbidden,
    decide: (input) =>
      mutateAsync(input).then(
        (result) => {
          // A second click joins the first, and is answered by the same.
          if (told.current !== result) onDecided?.(result);
          told.current = result;
          return true;
        },
        () => false,
      ),
  };
}

const isForbidden = (error: unknown) => (error as LayersError | null)?.code === 'FORBIDDEN_SCOPE';
