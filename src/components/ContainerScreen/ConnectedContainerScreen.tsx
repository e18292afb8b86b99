'use client';
import { type ForwardedRef, useEffect, useState } from 'react';
import { useCompletionNotification } from '../../hooks/useCompletionNotification.js';
import { useTitleProgress } from '../../hooks/useTitleProgress.js';
import { useRegenerate } from '../../hooks/useRegenerate.js';
import type { ElementProps } from '../../internal/renderElement.js';
import type { ApprovalResult } from '../../model/approval.js';
import { isTerminalStatus } from '../../model/status.js';
import { useReads } from '../../provider/LayersContext.js';
import type { ProgressEndHandlers } from '../../progress/ends.js';
import { estimateBy } from '../../progress/options.js';
import { ProgressBar } from '../ProgressBar/ProgressBar.js';
import type { ContainerScreenOwnProps, ContainerScreenState } from './types.js';
import { ContainerScreenView } from './ContainerScreenView.js';

interface ConnectedProps extends ElementProps<'div', ContainerScreenState>, ContainerScreenOwnProps, ProgressEndHandlers {
  containerId: string | null | undefined;
  onDecided?: ((result: ApprovalResult) => void) | undefined;
  offersNotification?: boolean | undefined;
  titleProgress?: boolean | undefined;
  rootRef: ForwardedRef<HTMLDivElement>;
}

/** A screen that follows a container through the nearest provider. */
export function ConnectedContainerScreen({
  containerId,
  onComplete,
  onFail,
  onDecided,
  offersNotification = true,
  titleProgress = false,
  stages,
  stageLabels,
  canDecide = true,
  onMakeAgain,
  ...props
}: ConnectedProps) {
  const reads = useReads();
  const { data: container = null, error, refetch } = reads.useContainer(containerId);
  // What had ended before is not followed. What was in flight is, to its end.
  const [wasInFlight, setWasInFlight] = useState(false);
  if (!wasInFlight && container !== null && !isTerminalStatus(container.status)) setWasInFlight(true);
  const followedId = wasInFlight ? containerId : null;
  const { data: progress = null } = reads.useContainerProgress(followedId, { onComplete, onFail, estimate: estimateBy(stages) });
  const { permission, request } = useCompletionNotification(followedId, { enabled: offersNotification });
  useTitleProgress(followedId, { enabled: titleProgress });

  const regenerate = useRegenerate(containerId);
  const { isPending, problem, reset } = regenerate;
  const hasFailed = container?.status === 'failed';
  // It was made again all the same: when that fails, an earlier refusal isn't why.
  useEffect(() => {
    if (problem && container && !hasFailed) reset();
  }, [problem, container, hasFailed, reset]);
  const canRegenerate = canDecide && !onMakeAgain && hasFailed;
  const again = !canRegenerate ? undefined : { isPending, problem, onStart: () => regenerate.mutate() };

  const readAgain = async () => {
    const { data, isError } = await refetch({ cancelRefetch: false });
    return isError ? null : data?.preview;
  };
  return (
    <ContainerScreenView
      {...props}
      container={container}
      progress={progress}
      onMakeAgain={onMakeAgain}
      again={again}
      bar={followedId ? <ProgressBar containerId={followedId} stages={stages} stageLabels={stageLabels} /> : undefined}
      canDecide={canDecide}
      deciding={{ onDecided }}
      error={error}
      onRetry={() => void refetch()}
      onRefresh={readAgain}
      notification={offersNotification ? { permission, onRequest: () => void request() } : undefined}
    />
  );
}
