'use client';
import { type ForwardedRef, type ReactNode, useRef, useState } from 'react';
import { LiveText } from '../../internal/liveText.js';
import { keepInStep } from '../../internal/motion.js';
import { type ElementProps, renderElement } from '../../internal/renderElement.js';
import { containerName } from '../../model/containerName.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import { useRecordIfKnown } from '../../provider/LayersContext.js';
import { useWords } from '../../provider/MessagesContext.js';
import { Details } from '../Details.js';
import { AlertIcon, CheckIcon, CrossIcon, SlashIcon } from '../icons.js';
import { describeProgress, type Lateness, type ProgressBarStatus } from './describeProgress.js';
import type { ProgressBarFreshness, ProgressBarOwnProps, ProgressBarState } from './types.js';
import { StageList } from './StageList.js';
import { useAnnouncement } from './useAnnouncement.js';
import { useFillMotion } from './useFillMotion.js';
import { useLiveWords } from './useLiveWords.js';
import { progressBarWords } from './words.js';

interface ProgressBarViewProps extends ElementProps<'div', ProgressBarState>, Omit<ProgressBarOwnProps, 'onComplete' | 'onFail'> {
  progress: ContainerProgress | null;
  /** Whose record may give the name. @default the progress's own */
  containerId?: string;
  rootRef: ForwardedRef<HTMLDivElement>;
}

/** A `ProgressBar` from plain data. */
export function ProgressBarView({
  progress,
  containerId = progress?.containerId ?? '',
  label,
  stageLabels,
  lastError,
  error,
  freshness,
  stages = false,
  hasMedia,
  rootRef,
  'aria-label': ariaLabel,
  'aria-labelledby': ariaLabelledBy,
  'aria-describedby': ariaDescribedBy,
  ...props
}: ProgressBarViewProps) {
  const words = useWords(progressBarWords);
  const { messages } = words;
  const container = useRecordIfKnown(containerId);
  const share = useRef<HTMLSpanElement>(null);
  const [shareText] = useState(() => new LiveText());
  const track = useRef<HTMLDivElement>(null);
  const fill = useRef<HTMLDivElement>(null);
  useFillMotion(fill, progress);

  const isEnded = progress?.isTerminal === true;
  const late = isEnded ? null : latenessOf(error, freshness);
  const withoutMedia =
    hasMedia === false ||
    (hasMedia === undefined && container?.status === 'completed' && container.preview === null && !container.isPartial);
  const { state, percent, headline, ...described } = useLiveWords({
    progress,
    describe: (time, now) => {
      const { lastReadAt = null, nextReadAt = null } = (now !== null && freshness?.read?.()) || {};
      const age = now === null || lastReadAt === null || late === null ? null : now - lastReadAt;
      const wait = now === null || nextReadAt === null ? null : nextReadAt - now;
      return describeProgress(progress, { ...words, stageLabels, late, failed: Boolean(error) && !isEnded, withoutMedia, time, age, wait });
    },
    write: (next) => {
      shareText.drew(share.current, described.share);
      shareText.write(next.share);
      writeAttribute(track.current, 'aria-valuetext', next.valueText);
      if (next.percent !== null && next.state === state) {
        writeAttribute(track.current, 'aria-valuenow', String(next.percent));
        writeAttribute(track.current?.closest('.layers-ProgressBar'), 'data-value', String(next.percent));
      }
      fill.current?.toggleAttribute('data-overdue', next.overdue);
    },
    shownIn: () => track.current?.ownerDocument,
    asksFreshness: freshness?.read !== undefined,
  });
  const problem = state === 'failed' ? lastError : state === 'error' ? error : null;
  const isKnown = percent !== null;
  const name = ariaLabel ?? label ?? (container && containerName(container)) ?? messages.progressLabel;
  useAnnouncement(progress, name, described.valueText);

  const children = (
    <>
      <div data-part="words" data-state={state}>
        <span data-part="stage">
          {icons[state]}
          <span>{headline}</span>
        </span>
        {(described.share || (progress && !isEnded)) && (
          <span ref={share} data-part="share">
            {described.share}
          </span>
        )}
      </div>
      <div
        ref={track}
        data-part="track"
        data-state={state}
        role="progressbar"
        aria-label={ariaLabelledBy ? undefined : name}
        aria-labelledby={ariaLabelledBy}
        aria-describedby={ariaDescribedBy}
        aria-valuemin={isKnown ? 0 : undefined}
        aria-valuemax={isKnown ? 100 : undefined}
        aria-valuenow={isKnown ? percent : undefined}
        aria-valuetext={described.valueText}
      >
        <div ref={fill} data-part="fill" data-state={state} onAnimationStart={keepInStep} />
      </div>
      {stages !== false && (
        <StageList
          plan={stages === true ? [] : stages.map((stage) => (typeof stage === 'string' ? stage : stage.stage))}
          progress={progress}
          stageLabels={stageLabels}
        />
      )}
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
      withoutMedia: withoutMedia && state === 'completed',
    },
    ref: rootRef as ForwardedRef<never>,
    own: { children },
    props,
  });
}

function writeAttribute(element: Element | null | undefined, name: string, value: string | undefined): void {
  if (value !== undefined && element?.getAttribute(name) !== value) element?.setAttribute(name, value);
}

/** Why the data is out of date; `null` when it is current enough to show the remaining time. */
function latenessOf(error: unknown, freshness: ProgressBarFreshness | undefined): Lateness | null {
  const isOnlySlower = freshness?.state === 'slowed' && freshness.reason === 'budget';
  if (freshness && freshness.state !== 'live' && !isOnlySlower) return freshness;
  return error ? { state: 'slowed', reason: 'failing' } : null;
}

const icons: Partial<Record<ProgressBarStatus, ReactNode>> = {
  completed: <CheckIcon />,
  failed: <CrossIcon />,
  canceled: <SlashIcon />,
  error: <AlertIcon />,
};
