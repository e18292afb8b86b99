'use client';
import { type ForwardedRef, type MouseEvent, useId, useState } from 'react';
import { type ElementProps, renderElement } from '../../internal/renderElement.js';
import type { Container, ContainerSummary } from '../../model/container.js';
import type { LayersError } from '../../model/errors.js';
import { isTerminalStatus } from '../../model/status.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import { useWords } from '../../provider/MessagesContext.js';
import { awaitsOutcome } from '../awaitsOutcome.js';
import { shownName } from '../shownName.js';
import { ApprovalBadge } from '../ApprovalBadge/ApprovalBadge.js';
import { PreviewPlayer } from '../PreviewPlayer/PreviewPlayer.js';
import { StatusIcon } from '../StatusIcon.js';
import { expiryOf } from '../PreviewPlayer/expiryOf.js';
import type { Refresh } from '../PreviewPlayer/useRenewal.js';
import type { ProgressBarFreshness } from '../ProgressBar/types.js';
import { StatusBadge } from '../StatusBadge/StatusBadge.js';
import { CardTime } from './CardTime.js';
import { CardWell } from './CardWell.js';
import type { ContainerCardOwnProps, ContainerCardState } from './types.js';
import { cardWords } from './words.js';

interface ContainerCardViewProps extends ElementProps<'article', ContainerCardState>, ContainerCardOwnProps {
  container: Container | ContainerSummary;
  progress: ContainerProgress | null;
  progressError?: LayersError | null;
  freshness?: ProgressBarFreshness;
  onRefresh?: Refresh | undefined;
  rootRef: ForwardedRef<HTMLElement>;
}

/** A `ContainerCard` from plain data. */
export function ContainerCardView({
  container,
  progress,
  progressError,
  freshness,
  href,
  onOpen,
  aspectRatio = '9:16',
  layout = 'card',
  playOnHover = true,
  onRefresh,
  now,
  rootRef,
  ...props
}: ContainerCardViewProps) {
  const { messages } = useWords(cardWords);
  const titleId = useId();
  const { id, approvalStatus, preview } = container;
  // Progress is read more often: a card that names a stage does not wait to start.
  const status = container.status === 'queued' && progress?.status === 'processing' ? 'processing' : container.status;
  const isInFlight = !isTerminalStatus(status);
  const isAwaited = awaitsOutcome(container);
  const [inFlightId, setInFlightId] = useState(isInFlight ? id : null);
  if (isInFlight && inFlightId !== id) setInFlightId(id);

  const title = shownName(container, messages);
  // Ready is what a card in review is, and nobody reviews what is not ready: one word says both.
  const isInReview =
    approvalStatus === 'approved' || approvalStatus === 'rejected' || (approvalStatus === 'pending' && status === 'completed');

  const well = <CardWell container={container} progress={progress} progressError={progressError} freshness={freshness} />;
  const children = (
    <>
      <PreviewPlayer
        preview={isInFlight ? null : preview}
        onRefresh={onRefresh}
        expiresAt={expiryOf(container)}
        problem={status === 'failed' && preview ? (container.lastError ?? { message: '' }) : null}
        alt={title ?? undefined}
        aspectRatio={aspectRatio}
        playOnHover={playOnHover}
        zoom={false}
      >
        {layout === 'card' ? (
          well
        ) : (
          <div data-part="empty">
            <StatusIcon status={status} size={20} />
          </div>
        )}
      </PreviewPlayer>
      <div data-part="body">
        <p data-part="title" id={titleId} dir="auto">
          {renderTitle(title, messages.status(status), href, onOpen && ((event) => onOpen(id, event)))}
        </p>
        {layout === 'row' && (isInFlight || isAwaited) && <div data-part="progress">{well}</div>}
        {layout === 'row' && status === 'completed' && preview === null && !isAwaited && <p data-part="message">{messages.noMedia}</p>}
        {layout === 'row' && status === 'failed' && container.lastError && (
          <p data-part="message" dir="auto">
            {container.lastError.message}
          </p>
        )}
        <div data-part="meta">
          <span data-part="badges">
            {!(isInReview && status === 'completed') && <StatusBadge status={status} compact />}
            {isInReview && <ApprovalBadge status={approvalStatus} compact />}
          </span>
          <CardTime iso={container.createdAt} now={now} />
        </div>
      </div>
    </>
  );
  return renderElement('article', {
    name: 'layers-ContainerCard',
    state: {
      state: status,
      approval: approvalStatus,
      layout,
      revealed: inFlightId === id && status === 'completed' && !isAwaited,
    } satisfies ContainerCardState,
    ref: rootRef as ForwardedRef<never>,
    // A voice prefers the title to a name that the host gives.
    own: {
      children,
      ...(title === null || props['aria-label'] ? { 'aria-label': messages.status(status) } : { 'aria-labelledby': titleId }),
    },
    props,
  });
}

/** Whether a click follows a link in this very page, and not in another tab or window. */
const opensHere = ({ button, altKey, ctrlKey, metaKey, shiftKey }: MouseEvent) =>
  button === 0 && !altKey && !ctrlKey && !metaKey && !shiftKey;

function renderTitle(
  name: string | null,
  said: string,
  href: string | undefined,
  open: ((event: MouseEvent<HTMLElement>) => void) | undefined,
) {
  const title = name ?? <span data-part="bone" />;
  const label = name === null ? said : undefined;
  if (href !== undefined) {
    return (
      <a data-part="open" href={href} aria-label={label} onClick={(event) => opensHere(event) && open?.(event)}>
        {title}
      </a>
    );
  }
  if (!open) return title;
  return (
    <button data-part="open" type="button" aria-label={label} onClick={open}>
      {name === null ? title : <span data-part="clamp">{title}</span>}
    </button>
  );
}
