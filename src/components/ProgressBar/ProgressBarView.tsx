'use client';
import { type ForwardedRef, type ReactNode, useRef } from 'react';
import { type ElementProps, renderElement } from '../../internal/renderElement.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import { useMessages } from '../../provider/MessagesContext.js';
import type { LayersMessages } from '../../provider/messages.js';
import { Details } from '../Details.js';
import { AlertIcon, CheckIcon, CrossIcon, SlashIcon } from '../icons.js';
import { describeProgress, type ProgressBarStatus } from './describeProgress.js';
import type { ProgressBarOwnProps, ProgressBarState } from './ProgressBar.js';
import { useFillMotion } from './useFillMotion.js';

interface ProgressBarViewProps extends ElementProps<'div', ProgressBarState>, ProgressBarOwnProps {
  progress: ContainerProgress | null;
  rootRef: ForwardedRef<HTMLDivElement>;
}

/** A `ProgressBar` from plain data. */
export function ProgressBarView({
  progress,
  label,
  stageLabels,
  lastError,
  error,
  freshness,
  rootRef,
  'aria-label': ariaLabel,
  'aria-labelledby': ariaLabelledBy,
  'aria-describedby': ariaDescribedBy,
  ...props
}: ProgressBarViewProps) {
  const { locale, messages } = useMessages();
  const fill = useRef<HTMLDivElement>(null);
  useFillMotion(fill, progress);

  const isEnded = progress?.isTerminal === true;
  const late = isEnded ? null : lateWords(messages, error, freshness);
  const { state, percent, headline, share, valueText } = describeProgress(progress, {
    locale,
    messages,
    stageLabels,
    late,
    failed: Boolean(error) && !isEnded,
  });
  const problem = state === 'failed' ? lastError : state === 'error' ? error : null;
  const isKnown = percent !== null;

  const children = (
    <>
      <div data-part="words" data-state={state}>
        <span data-part="stage">
          {icons[state]}
          {headline}
        </span>
        {share && <span data-part="share">{share}</span>}
      </div>
      <div
        data-part="track"
        data-state={state}
        role="progressbar"
        aria-label={ariaLabelledBy ? undefined : (ariaLabel ?? label ?? messages.progressLabel)}
        aria-labelledby={ariaLabelledBy}
        aria-describedby={ariaDescribedBy}
        aria-valuemin={isKnown ? 0 : undefined}
        aria-valuemax={isKnown ? 100 : undefined}
        aria-valuenow={isKnown ? percent : undefined}
        aria-valuetext={valueText}
      >
        <div ref={fill} data-part="fill" data-state={state} />
      </div>
      {problem && (
        <p data-part="message" dir="auto">
          {problem.message}
        </p>
      )}
      {problem && (
        <Details code={problem.code} requestId={error?.requestId} containerId={state === 'failed' ? progress?.containerId : undefined} />
      )}
    </>
  );
  return renderElement('div', {
    name: 'layers-ProgressBar',
    state: {
      state,
      value: percent,
      late: late !== null && progress !== null,
      freshness: isEnded ? ('live' as const) : (freshness?.state ?? 'live'),
    },
    ref: rootRef as ForwardedRef<never>,
    own: { children },
    props,
  });
}

/** Why what is shown is older than it should be, in words; `null` when it is current enough for what it says of the time left. */
function lateWords(messages: LayersMessages, error: unknown, freshness: ProgressBarOwnProps['freshness']): string | null {
  const isOnlySlower = freshness?.state === 'slowed' && freshness.reason === 'budget';
  if (freshness && freshness.state !== 'live' && !isOnlySlower) return messages.freshness(freshness.state, freshness.reason);
  return error ? messages.progressLate : null;
}

const icons: Partial<Record<ProgressBarStatus, ReactNode>> = {
  completed: <CheckIcon />,
  failed: <CrossIcon />,
  canceled: <SlashIcon />,
  error: <AlertIcon />,
};
