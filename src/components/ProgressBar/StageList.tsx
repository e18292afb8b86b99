'use client';
import { useRef } from 'react';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import { useWords } from '../../provider/MessagesContext.js';
import { CheckIcon } from '../icons.js';
import { stageLabel } from './describeProgress.js';
import { listStages } from './listStages.js';
import { progressBarWords } from './words.js';

interface StageListProps {
  /** The stages to expect, in order; empty: those that were seen. */
  plan: readonly string[];
  progress: ContainerProgress | null;
  stageLabels: Record<string, string> | undefined;
}

/** The stages of a job: done, the present one with its own thin bar, to come. Nothing where none is known. */
export function StageList({ plan, progress, stageLabels }: StageListProps) {
  const { messages } = useWords(progressBarWords);
  const stages = listStages(plan, progress);
  if (stages.length === 0) return null;
  // A job that failed or was canceled is at no stage any more.
  const isOver = progress?.isTerminal === true;
  return (
    <ol data-part="stages" aria-label={messages.stages}>
      {stages.map(({ stage, state }) => (
        <li key={stage} data-part="stage-item" data-state={state} aria-current={state === 'current' && !isOver ? 'step' : undefined}>
          <span data-part="stage-mark">{state === 'done' && <CheckIcon />}</span>
          <span data-part="stage-name">
            <span>{stageLabel(stage, { messages, stageLabels })}</span>
            {!(state === 'current' && isOver) && <span data-part="stage-state">{messages.separator + messages.stageState(state)}</span>}
          </span>
          {state === 'current' && !isOver && <StageShare share={progress?.stageProgress ?? null} />}
        </li>
      ))}
    </ol>
  );
}

/** A stage's own bar. It has no role: the bar above says all that a voice needs. */
function StageShare({ share }: { share: number | null }) {
  const fill = useRef<HTMLSpanElement>(null);
  // Through the style object: a strict Content Security Policy refuses a style attribute in server HTML.
  useIsomorphicLayoutEffect(() => {
    fill.current?.style.setProperty('--_share', String(Math.min(1, Math.max(0, share ?? 0))));
  }, [share]);
  if (share === null) return null;
  return (
    <span data-part="stage-track">
      <span ref={fill} data-part="stage-fill" />
    </span>
  );
}
