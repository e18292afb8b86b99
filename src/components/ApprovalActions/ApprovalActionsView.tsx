'use client';
import { type ForwardedRef, useContext, useId, useRef, useState } from 'react';
import { type ElementProps, mergeRefs, renderElement } from '../../internal/renderElement.js';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import { useKeptRoot } from '../../internal/useKeptFocus.js';
import type { Container, ContainerSummary } from '../../model/container.js';
import { containerName } from '../../model/containerName.js';
import { LayersContext } from '../../provider/LayersContext.js';
import { useWords } from '../../provider/MessagesContext.js';
import { type ApprovalDecision, noteProblem } from '../../queries/decisionText.js';
import { ApprovalBadge } from '../ApprovalBadge/ApprovalBadge.js';
import { Details } from '../Details.js';
import type { ApprovalActionsOwnProps, ApprovalActionsState } from './types.js';
import { DecisionButtons } from './DecisionButtons.js';
import { RejectDialog } from './RejectDialog.js';
import {
  type DecisionState,
  failureSentence,
  fieldIssue,
  heldStatus,
  type ReviewState,
  reviewSentence,
  reviewState,
} from './reviewState.js';
import { TextField } from './TextField.js';
import { useOutcome } from './useOutcome.js';
import { approvalWords } from './words.js';

interface ApprovalActionsViewProps extends ElementProps<'div', ApprovalActionsState>, ApprovalActionsOwnProps {
  container: Container | ContainerSummary;
  decision: DecisionState;
  decide: (input: ApprovalDecision) => Promise<boolean>;
  rootRef: ForwardedRef<HTMLDivElement>;
}

const OUTCOMES: readonly ReviewState[] = ['approved', 'rejected', 'conflict'];
const HELD_BACK: readonly ReviewState[] = ['waiting', 'forbidden', 'deciding'];

/** `ApprovalActions` from a container and how its decision stands. */
export function ApprovalActionsView({
  container,
  decision,
  decide,
  withNote = true,
  canDecide = true,
  isRejectionFinal,
  parts = {},
  rootRef,
  ...props
}: ApprovalActionsViewProps) {
  const { messages } = useWords(approvalWords);
  const id = useId();
  const noteField = useRef<HTMLTextAreaElement>(null);
  const opensNote = useRef(false);
  const [note, setNote] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [isRejecting, setRejecting] = useState(false);

  const known = canDecide ? decision : { ...decision, isForbidden: true };
  const state = reviewState(container, known);
  const isOutcome = state !== null && OUTCOMES.includes(state);
  const isOver = state === null || state === 'waiting' || isOutcome;
  // After a regeneration no dialog opens by itself, and nothing written about the version before is sent.
  if (isOver && (isRejecting || note !== null || reason !== '')) {
    setRejecting(false);
    setNote(null);
    setReason('');
  }
  // The old edition regenerates in place, which puts what was rejected into review again.
  const edition = useContext(LayersContext)?.client.settings.edition;
  const isFinal = isRejectionFinal ?? edition !== 'legacy';
  const sentence = state && reviewSentence(state, container, known, messages, isFinal);
  // The buttons that had the focus are gone once it is decided, here or elsewhere.
  const { root, handlers } = useKeptRoot(props);
  const { region, follow } = useOutcome(container, known.deciding === null ? state : 'deciding', sentence);
  const isNoteOpen = note !== null;
  // Only when its button was pressed: a page that is shown again (`<Activity>`) runs its effects again, and leaves the focus where it is.
  useIsomorphicLayoutEffect(() => {
    if (opensNote.current) noteField.current?.focus();
    opensNote.current = false;
  }, [isNoteOpen]);
  if (state === null) return null;

  const name = containerName(container);
  const isHeldBack = HELD_BACK.includes(state);
  const isDialogOpen = isRejecting && !isOver && state !== 'forbidden';
  const { error, failed, deciding } = known;
  const isUnscheduled = state === 'approved' && known.scheduling === 'failed';
  // What is wrong with a rejection is said where it was written.
  const isToldInDialog = isDialogOpen && state === 'failed' && failed === 'reject';

  const approve = () => {
    if (isHeldBack) return;
    const text = note?.trim() ?? '';
    if (noteProblem(text) !== null) return noteField.current?.focus();
    follow(decide(text === '' ? { decision: 'approve' } : { decision: 'approve', note: text }));
  };
  const openNote = () => {
    opensNote.current = true;
    setNote('');
  };
  const held = isHeldBack ? ({ 'aria-disabled': true, ...(sentence && { 'aria-describedby': `${id}-message` }) } as const) : {};

  const children = (
    <>
      {isOutcome && <ApprovalBadge status={heldStatus(container)} showNotRequired />}
      {sentence && !isToldInDialog && (
        <div data-part="message" id={`${id}-message`}>
          <p dir="auto">{sentence}</p>
          {(state === 'failed' || state === 'forbidden') && error && <Details code={error.code} requestId={error.requestId} />}
        </div>
      )}
      {!isOutcome && (
        <>
          {note !== null && (
            <TextField
              ref={noteField}
              label={messages.approvalNote}
              value={note}
              onChange={setNote}
              onSubmit={approve}
              problem={failed === 'approve' ? fieldIssue(error, 'note') : null}
              isReadOnly={isHeldBack}
              rows={2}
            />
          )}
          <DecisionButtons
            {...{ state, container, deciding, parts, held, messages }}
            onClick={{
              approve: isHeldBack ? undefined : approve,
              reject: isHeldBack ? undefined : () => setRejecting(true),
              note: isHeldBack || !withNote || isNoteOpen ? undefined : openNote,
            }}
          />
          <RejectDialog
            isOpen={isDialogOpen}
            onClose={() => setRejecting(false)}
            reason={reason}
            onReason={setReason}
            onReject={(text) => follow(decide({ decision: 'reject', reason: text }).then((isTaken) => isTaken && setRejecting(false)))}
            isDeciding={deciding !== null}
            isFinal={isFinal}
            failure={
              isToldInDialog && error ? { sentence: failureSentence(error, messages), code: error.code, requestId: error.requestId } : null
            }
            issue={failed === 'reject' ? fieldIssue(error, 'reason') : null}
          />
        </>
      )}
      {region && <span ref={region} data-part="said" role="status" />}
    </>
  );
  return renderElement('div', {
    name: 'layers-ApprovalActions',
    state: { state, unscheduled: isUnscheduled } satisfies ApprovalActionsState,
    ref: mergeRefs(rootRef ?? undefined, root) as ForwardedRef<never>,
    own: {
      children,
      role: 'group',
      'aria-label': name === null ? messages.decision : messages.announcement(name, messages.decision),
      tabIndex: -1,
    },
    props: { ...props, ...handlers },
  });
}
