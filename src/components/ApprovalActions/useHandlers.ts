'use client';
import { useRef, useState } from 'react';
import { isLayersError, LayersError } from '../../model/errors.js';
import type { ApprovalDecision } from '../../queries/decisionText.js';
import { type DecisionState, heldStatus, type Reviewed } from './reviewState.js';

const NOTHING: DecisionState = { deciding: null, error: null, failed: null, scheduling: null, reason: null, isForbidden: false };

/** Decides by a caller's own handlers, one at a time. What they took is `taken`, until the caller's own data says it. */
export function useHandlers(
  container: Reviewed,
  onApprove: (input: { note?: string }) => unknown,
  onReject: (input: { reason: string }) => unknown,
) {
  const [decision, setDecision] = useState(NOTHING);
  const [taken, setTaken] = useState<'approved' | 'rejected' | null>(null);
  const isUnderWay = useRef(false);
  if (taken !== null && heldStatus(container) !== 'pending') setTaken(null);
  // A regeneration is undecided, also where the caller's data never showed the decision before it.
  if (container.status !== 'completed' && decision !== NOTHING && decision.deciding === null) {
    setTaken(null);
    setDecision(NOTHING);
  }

  const decide = async (input: ApprovalDecision): Promise<boolean> => {
    if (isUnderWay.current) return false;
    isUnderWay.current = true;
    setDecision({ ...NOTHING, deciding: input.decision });
    try {
      if (input.decision === 'reject') await onReject({ reason: input.reason });
      else await onApprove(input.note === undefined ? {} : { note: input.note });
      setTaken(input.decision === 'approve' ? 'approved' : 'rejected');
      setDecision({ ...NOTHING, reason: input.decision === 'reject' ? input.reason : null });
      return true;
    } catch (error) {
      setDecision({ ...NOTHING, error: asLayersError(error), failed: input.decision });
      return false;
    } finally {
      isUnderWay.current = false;
    }
  };
  const shown = taken === null ? null : ({ approvalStatus: taken, rawApprovalStatus: taken } as const);
  return { taken: shown, decision, decide };
}

function asLayersError(error: unknown): LayersError {
  if (isLayersError(error)) return error;
  return new LayersError({ code: 'HANDLER_FAILED', message: 'The handler of a decision failed.', cause: error });
}
