'use client';
import type { ForwardedRef } from 'react';
import { type ElementProps, renderElement } from '../../internal/renderElement.js';
import type { LayersError } from '../../model/errors.js';
import { useWords } from '../../provider/MessagesContext.js';
import { MediaProblem, unavailable } from '../PreviewPlayer/MediaProblem.js';
import { PreviewPlayer } from '../PreviewPlayer/PreviewPlayer.js';
import type { ContainerCardOwnProps, ContainerCardState } from './types.js';
import { cardWords } from './words.js';

interface ContainerCardShellProps extends ElementProps<'article', ContainerCardState>, ContainerCardOwnProps {
  error?: LayersError | null;
  onRetry?: () => void;
  rootRef: ForwardedRef<HTMLElement>;
}

/** A card of the final size before its container has come, or where it cannot be read. */
export function ContainerCardShell({
  error = null,
  onRetry,
  aspectRatio = '9:16',
  layout = 'card',
  href: _href,
  onOpen: _onOpen,
  now: _now,
  playOnHover: _playOnHover,
  rootRef,
  ...props
}: ContainerCardShellProps) {
  const { messages } = useWords(cardWords);
  const problem = error && onRetry ? unavailable(error, messages.cardUnavailable, onRetry) : null;
  const children = (
    <>
      <PreviewPlayer preview={null} aspectRatio={aspectRatio}>
        {problem ? <MediaProblem {...problem} /> : <span />}
      </PreviewPlayer>
      <div data-part="body">
        <p data-part="title">{error ? null : <span data-part="bone" />}</p>
        <div data-part="meta">{error ? null : <span data-part="bone" />}</div>
      </div>
    </>
  );
  return renderElement('article', {
    name: 'layers-ContainerCard',
    state: { state: error ? 'error' : 'loading', approval: null, layout, revealed: false } satisfies ContainerCardState,
    ref: rootRef as ForwardedRef<never>,
    own: { children, 'aria-busy': !error || undefined, 'aria-label': problem?.sentence ?? messages.cardLoading },
    props,
  });
}
