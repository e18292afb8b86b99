'use client';
import type { ReactNode } from 'react';
import { ArcIcon, CheckIcon } from '../icons.js';
import type { ApprovalActionsOwnProps, ApprovalActionsPart, ApprovalActionsPartProps } from './types.js';
import type { ApprovalMessages } from './words.js';

interface DecisionButtonsProps extends Pick<ApprovalActionsOwnProps, 'parts'>, Omit<ApprovalActionsPartProps, 'children' | 'onClick'> {
  /** Without one for `note`, that button isn't there. */
  onClick: Record<ApprovalActionsPart, ApprovalActionsPartProps['onClick']>;
  deciding: 'approve' | 'reject' | null;
  /** Attributes of buttons that wait. */
  held: object;
  messages: ApprovalMessages;
}

/** The buttons of an `ApprovalActions`, each as the host draws it, or as it is. */
export function DecisionButtons({ parts = {}, onClick, deciding, held, messages, ...known }: DecisionButtonsProps) {
  const draw = (part: ApprovalActionsPart, children: ReactNode) =>
    parts[part] ? parts[part]({ ...known, children, onClick: onClick[part] }) : children;
  return (
    <div data-part="actions">
      {draw(
        'approve',
        <button type="button" data-part="approve" {...held} onClick={onClick.approve}>
          {deciding === 'approve' ? <ArcIcon /> : <CheckIcon />}
          <span>{deciding === 'approve' ? messages.approving : messages.approve}</span>
        </button>,
      )}
      {draw(
        'reject',
        <button type="button" data-part="reject" aria-haspopup="dialog" {...held} onClick={onClick.reject}>
          {deciding === 'reject' && <ArcIcon />}
          <span>{deciding === 'reject' ? messages.rejecting : messages.reject}</span>
        </button>,
      )}
      {onClick.note &&
        draw(
          'note',
          <button type="button" data-part="note" onClick={onClick.note}>
            {messages.addNote}
          </button>,
        )}
    </div>
  );
}
