'use client';
import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import { keepInPlace } from '../../internal/keepInPlace.js';
import { closeModal, openModal } from '../../internal/modal.js';
import { watchSizes } from '../../internal/resize.js';
import { useEscape } from '../../internal/useEscape.js';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import { useWords } from '../../provider/MessagesContext.js';
import { reasonProblem } from '../../queries/decisionText.js';
import { Details } from '../Details.js';
import { ArcIcon } from '../icons.js';
import { TextField } from './TextField.js';
import { approvalWords } from './words.js';

interface RejectDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** The reason so far: it outlives the dialog. */
  reason: string;
  onReason: (reason: string) => void;
  onReject: (reason: string) => void;
  /** A decision is on its way. */
  isDeciding: boolean;
  /** It can't be re-opened. */
  isFinal: boolean;
  /** Why the rejection failed; `null`: it did not, or was not tried. */
  failure: { sentence: string; code: string; requestId: string | null } | null;
  /** What the API says of the reason. */
  issue: string | null;
}

/** Asks why, in a native dialog: the browser keeps the focus in it, closes it by Escape and gives the focus back. */
export function RejectDialog(props: RejectDialogProps) {
  const { isOpen, onClose, issue } = props;
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);

  useIsomorphicLayoutEffect(() => {
    const { current: element } = dialog;
    // Out of the page it was closed, whatever it says of itself.
    return element ? keepInPlace(element, () => closeModal(element)) : undefined;
  }, []);
  useIsomorphicLayoutEffect(() => {
    const element = dialog.current;
    if (!isOpen || !element) return undefined;
    openModal(element);
    field.current?.focus();
    // What is modal and not seen leaves everything else dead.
    const stop = watchSizes([element], () => element.getClientRects().length > 0 || closeModal(element));
    return () => {
      stop();
      closeModal(element);
    };
  }, [isOpen]);
  useEscape(dialog, isOpen, () => {
    onClose();
    return true;
  });

  // A field that was refused is where the person goes on.
  useEffect(() => {
    if (isOpen && issue !== null) field.current?.focus();
  }, [isOpen, issue]);

  return (
    // What is typed here is nobody else's: a grid or a player around it would take the keys for its own.
    <dialog
      ref={dialog}
      data-part="dialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onClose={(event) => {
        // React has it come up to a dialog of the host's, which has not closed.
        event.stopPropagation();
        // It is told a moment later, when this one may be open again.
        if (!event.currentTarget.open) onClose();
      }}
      onCancel={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      {isOpen && <RejectForm {...props} id={id} field={field} />}
    </dialog>
  );
}

interface RejectFormProps extends RejectDialogProps {
  id: string;
  field: RefObject<HTMLTextAreaElement | null>;
}

function RejectForm({ id, field, onClose, reason, onReason, onReject, isDeciding, isFinal, failure, issue }: RejectFormProps) {
  const { messages } = useWords(approvalWords);
  const [wasChecked, setChecked] = useState(false);
  const text = reason.trim();
  const problem = reasonProblem(text);
  const submit = () => {
    if (isDeciding) return;
    setChecked(true);
    if (problem === null) onReject(text);
    else field.current?.focus();
  };
  return (
    // No form: a sandboxed frame may forbid that it is sent, and there can be one of the host's around it.
    <div data-part="form">
      <p id={`${id}-title`} data-part="heading">
        {messages.rejectTitle}
      </p>
      <p id={`${id}-text`} data-part="consequence">
        {isFinal ? messages.rejectText : messages.rejectTextReopens}
      </p>
      <TextField
        ref={field}
        label={messages.rejectReason}
        value={reason}
        onChange={onReason}
        onSubmit={submit}
        problem={wasChecked && problem === 'missing' ? messages.reasonMissing : issue}
        isRequired
        isReadOnly={isDeciding}
        rows={4}
      />
      {failure && (
        <div data-part="failure" role="alert">
          <p dir="auto">{failure.sentence}</p>
          <Details code={failure.code} requestId={failure.requestId} />
        </div>
      )}
      <div data-part="choices">
        <button type="button" data-part="cancel" onClick={onClose}>
          {messages.cancelDecision}
        </button>
        <button type="button" data-part="confirm" aria-disabled={isDeciding || undefined} onClick={submit}>
          {isDeciding && <ArcIcon />}
          <span>{isDeciding ? messages.rejecting : messages.reject}</span>
        </button>
      </div>
    </div>
  );
}
