'use client';
import { createElement, type ForwardedRef, Fragment, type ReactNode, useRef, useState } from 'react';
import { type ElementProps, renderElement } from '../../internal/renderElement.js';
import { useKeptFocus } from '../../internal/useKeptFocus.js';
import type { Container, ContainerSummary } from '../../model/container.js';
import type { LayersError } from '../../model/errors.js';
import { containerName } from '../../model/containerName.js';
import { containerKey } from '../../model/ids.js';
import type { Preview } from '../../model/preview.js';
import { isTerminalStatus } from '../../model/status.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import { useWords } from '../../provider/MessagesContext.js';
import { awaitsOutcome } from '../awaitsOutcome.js';
import { ApprovalActions } from '../ApprovalActions/ApprovalActions.js';
import type { ApprovalActionsPart, ApprovalActionsPartProps, DecidingActionsProps } from '../ApprovalActions/types.js';
import { FrameIcon } from '../icons.js';
import { addressesOf, fileOf } from '../PreviewPlayer/mediaFile.js';
import { MediaProblem, unavailable } from '../PreviewPlayer/MediaProblem.js';
import { PostDetails } from '../PostDetails/PostDetails.js';
import { PreviewPlayer } from '../PreviewPlayer/PreviewPlayer.js';
import { expiryOf } from '../PreviewPlayer/expiryOf.js';
import { ProgressBar } from '../ProgressBar/ProgressBar.js';
import { StatusIcon } from '../StatusIcon.js';
import { shownName } from '../shownName.js';
import { statusAlone } from '../statusAlone.js';
import type { ContainerScreenOwnProps, ContainerScreenPart, ContainerScreenState } from './types.js';
import { type ScreenState, screenStateOf } from './screenState.js';
import { type ScreenMessages, screenWords } from './words.js';

interface ContainerScreenViewProps extends ElementProps<'div', ContainerScreenState>, ContainerScreenOwnProps {
  container: Container | ContainerSummary | null;
  progress?: ContainerProgress | null | undefined;
  error?: LayersError | null | undefined;
  onRetry?: (() => void) | undefined;
  onRefresh?: (() => Promise<Preview | null | undefined>) | undefined;
  onApprove?: ((input: { note?: string }) => unknown) | undefined;
  onReject?: ((input: { reason: string }) => unknown) | undefined;
  /** The bar of a container that is followed. */
  bar?: ReactNode;
  /** How a decision is taken through a provider. */
  deciding?: DecidingActionsProps | undefined;
  /** Regenerates what failed, where the host does not. */
  again?: { isPending: boolean; problem: { message: string } | null; onStart: () => void } | undefined;
  notification?: { permission: NotificationPermission | 'unsupported'; onRequest: () => void } | undefined;
  rootRef: ForwardedRef<HTMLDivElement>;
}

const ORDER = ['heading', 'media', 'progress', 'sentence', 'details', 'actions'] as const;

/** A `ContainerScreen` from plain data. */
export function ContainerScreenView({
  container,
  progress = null,
  error = null,
  onRetry,
  onRefresh,
  onApprove,
  onReject,
  bar,
  deciding,
  again,
  notification,
  heading,
  headingLevel = 1,
  aspectRatio = '9:16',
  stages,
  stageLabels,
  canDecide,
  onMakeAgain,
  parts = {},
  detailParts,
  rootRef,
  ...props
}: ContainerScreenViewProps) {
  const { messages } = useWords(screenWords);
  const state = screenStateOf(container, error !== null);
  const isInFlight = state === 'queued' || state === 'making';
  const shownKey = container && containerKey(container.id);
  const [inFlightKey, setInFlightKey] = useState(isInFlight ? shownKey : null);
  if (isInFlight && inFlightKey !== shownKey) setInFlightKey(shownKey);

  /** The file whose picture this browser can't show. */
  const [unseen, setUnseen] = useState<string | null>(null);
  const layout = useRef<HTMLDivElement>(null);
  const kept = useKeptFocus(layout);

  const name = container && shownName(container, messages);
  // A caption is whole among what will be posted.
  const isCaption = !heading && name !== null && name === containerName({ hook: null, caption: container?.caption ?? null });
  const hasEnded = container !== null && isTerminalStatus(container.status);
  const preview = hasEnded ? container.preview : null;
  const drawn: Record<(typeof ORDER)[number], ReactNode> = {
    // A heading without words is none.
    heading:
      (heading ?? name) ? (
        createElement(
          `h${headingLevel}`,
          { 'data-part': 'heading', 'data-clamp': isCaption ? '' : undefined, dir: 'auto' },
          heading ?? name,
        )
      ) : (
        <div data-part="heading">{name === null && state !== 'unavailable' && <span data-part="bone" />}</div>
      ),
    media: (
      <PreviewPlayer
        preview={preview}
        aspectRatio={preview ? undefined : aspectRatio}
        alt={name ?? undefined}
        controls="minimal"
        problem={state === 'failed' && preview ? (container?.lastError ?? { message: '' }) : null}
        onRefresh={onRefresh}
        expiresAt={container && expiryOf(container)}
        onError={({ reason, url }) => setUnseen(reason === 'unsupported' && url !== null ? fileOf(url) : null)}
      >
        {error && state === 'unavailable' && onRetry ? (
          <MediaProblem {...unavailable(error, messages.screenUnavailable, onRetry)} />
        ) : (
          <div data-part="empty">
            {container && hasEnded ? <StatusIcon status={container.status} size={28} /> : <FrameIcon size={28} />}
          </div>
        )}
      </PreviewPlayer>
    ),
    progress:
      container !== null && (isInFlight || state === 'failed') ? (
        <div data-part="progress">
          {bar ?? (
            <ProgressBar
              progress={progress ?? statusAlone(container)}
              lastError={container.lastError}
              label={name ?? undefined}
              stages={stages}
              stageLabels={stageLabels}
            />
          )}
        </div>
      ) : null,
    sentence: container && (
      <Sentence
        state={state}
        hasMedia={preview !== null}
        isUnseen={unseen !== null && addressesOf(preview).some((url) => fileOf(url) === unseen)}
        messages={messages}
      />
    ),
    // What nobody has seen isn't decided about, and what failed isn't posted.
    details: container?.status === 'completed' && state !== 'making' ? <PostDetails container={container} parts={detailParts} /> : null,
    actions: actions(),
  };

  /** A part as the host draws it, or as it is. */
  function draw(part: ContainerScreenPart, own: ReactNode, onClick?: () => void): ReactNode {
    const given = parts[part];
    return given ? given({ state, container, progress, children: own || null, onClick, onRefresh }) : own;
  }

  /** A button of the decision, where the host draws it. */
  function button(part: ApprovalActionsPart) {
    return parts[part] && (({ children, onClick }: ApprovalActionsPartProps) => draw(part, children, onClick));
  }

  function actions(): ReactNode {
    if (container === null) return null;
    const canMakeAgain = onMakeAgain && (state === 'failed' || state === 'canceled' || state === 'rejected');
    const makeAgain = canMakeAgain ? onMakeAgain : again?.isPending ? undefined : again?.onStart;
    const notify = isInFlight && notification?.permission === 'default' ? notification.onRequest : undefined;
    const buttons = { approve: button('approve'), reject: button('reject'), note: button('note') };
    const handlers = deciding ?? (onApprove && onReject ? { onApprove, onReject } : null);
    const own = handlers && <ApprovalActions {...{ container, canDecide, ...handlers }} parts={buttons} />;
    const makeAgainButton = (canMakeAgain || again) && (
      <button type="button" data-part="again" aria-disabled={makeAgain === undefined || undefined} onClick={makeAgain}>
        {canMakeAgain ? messages.screenMakeAgain : messages.tryAgain}
      </button>
    );
    const notifyButton = notify && (
      <button type="button" data-part="notify" onClick={notify}>
        {messages.screenNotify}
      </button>
    );
    return (
      <div data-part="actions">
        {/* Nobody decides on media that is still to be read. */}
        {draw('decision', hasEnded && !awaitsOutcome(container) ? own : null)}
        {draw('again', makeAgainButton, makeAgain)}
        {again?.problem && (
          <p data-part="problem" role="alert">
            {again.problem.message}
          </p>
        )}
        {draw('notify', notifyButton, notify)}
        {isInFlight && notification?.permission === 'granted' && <p data-part="notified">{messages.screenWillNotify}</p>}
      </div>
    );
  }

  // What holds the parts is apart from the root, which alone can tell it how wide it is.
  const drawnParts = ORDER.map((part) => <Fragment key={part}>{draw(part, drawn[part])}</Fragment>);
  const children = (
    <div ref={layout} data-part="layout" tabIndex={-1} {...kept}>
      {drawnParts}
    </div>
  );
  return renderElement('div', {
    name: 'layers-ContainerScreen',
    state: { state, revealed: inFlightKey === shownKey && hasEnded && preview !== null } satisfies ContainerScreenState,
    ref: rootRef as ForwardedRef<never>,
    own: { children, 'aria-busy': state === 'loading' || undefined },
    props,
  });
}

interface SentenceProps {
  state: ScreenState;
  hasMedia: boolean;
  isUnseen: boolean;
  messages: ScreenMessages;
}

function Sentence({ state, hasMedia, isUnseen, messages }: SentenceProps) {
  const ready = hasMedia ? messages.screenReady : messages.screenWithoutMedia;
  const words: Record<ScreenState, string | null> = {
    loading: null,
    unavailable: null,
    queued: messages.screenQueued,
    making: messages.screenMaking,
    review: isUnseen ? messages.screenUnseen : hasMedia ? messages.screenReview : messages.screenWithoutMedia,
    ready,
    approved: messages.screenApproved,
    rejected: messages.screenRejected,
    // The bar says what went wrong.
    failed: null,
    canceled: messages.screenCanceled,
  };
  return words[state] === null ? null : <p data-part="sentence">{words[state]}</p>;
}
