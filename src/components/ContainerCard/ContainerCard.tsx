'use client';
import { type ForwardedRef } from 'react';
import { type ElementProps, mergeRefs } from '../../internal/renderElement.js';
import { useKeptRoot } from '../../internal/useKeptFocus.js';
import { estimateBy, type StagePlan } from '../../progress/options.js';
import { containerKey } from '../../model/ids.js';
import { isTerminalStatus } from '../../model/status.js';
import { useReads } from '../../provider/LayersContext.js';
import { ContainerCardShell } from './ContainerCardShell.js';
import { ContainerCardView } from './ContainerCardView.js';
import type { ContainerCardOwnProps, ContainerCardProps, ContainerCardState } from './types.js';
import { useCardRefresh } from './useCardRefresh.js';
import { guarded } from '../guarded.js';

/**
 * One container: its media in a portrait frame, its name, where it is in its life and in review, and when it was made. While it is in flight the frame
 * holds the progress where the media will be.
 *
 * Attributes: `data-state` (a container's status, `loading`, `error`), `data-approval`, `data-layout`, `data-revealed`.
 * Parts: `data-part="well"`, `"body"`, `"title"`, `"open"`, `"meta"`, `"badges"`, `"time"`, `"message"`.
 *
 * Variables: `--layers-surface`, `--layers-border`, `--layers-radius-card` (10px), `--layers-text`, `--layers-text-muted`, `--layers-accent`,
 * `--layers-bad`, `--layers-track`, and those of the parts it is made of.
 */
export const ContainerCard = guarded(
  'ContainerCard',
  { tag: 'article', state: { layout: 'card' } },
  function ContainerCard(
    { containerId, container, progress, onRefresh, stages, ...props }: ContainerCardProps,
    ref: ForwardedRef<HTMLElement>,
  ) {
    const readAgain = useCardRefresh(container?.id);
    if (container)
      return (
        <ContainerCardView {...props} container={container} progress={progress ?? null} onRefresh={onRefresh ?? readAgain} rootRef={ref} />
      );
    if (containerId) {
      const key = containerKey(containerId);
      return <ConnectedContainerCard {...props} key={key} containerId={containerId} stages={stages} rootRef={ref} />;
    }
    return <ContainerCardShell {...props} rootRef={ref} />;
  },
);

interface ConnectedProps extends ElementProps<'article', ContainerCardState>, ContainerCardOwnProps {
  containerId: string;
  stages: StagePlan | undefined;
  rootRef: ForwardedRef<HTMLElement>;
}

function ConnectedContainerCard({ containerId, stages, rootRef: givenRef, ...rest }: ConnectedProps) {
  const reads = useReads();
  const onScreen = reads.useOnScreen(containerId);
  // A button that tries again is gone while it does, and its card with it when the container has come.
  const { root, handlers } = useKeptRoot(rest);
  const rootRef = mergeRefs(mergeRefs(givenRef ?? undefined, root), onScreen) as ForwardedRef<HTMLElement>;
  const props = { tabIndex: -1, ...rest, ...handlers, rootRef };
  const { data: container, error, refetch } = reads.useContainer(containerId);
  const isInFlight = container !== undefined && !isTerminalStatus(container.status);
  const { data: progress, error: progressError } = reads.useContainerProgress(isInFlight ? containerId : null, {
    estimate: estimateBy(stages),
  });
  const freshness = reads.useFreshness(isInFlight ? containerId : null);
  if (!container) return <ContainerCardShell {...props} error={error} onRetry={() => void refetch()} />;
  const readAgain = async () => {
    const { data, isError } = await refetch({ cancelRefetch: false });
    return isError ? null : data?.preview;
  };
  return (
    <ContainerCardView
      {...props}
      container={container}
      progress={progress ?? null}
      progressError={progressError}
      freshness={freshness}
      onRefresh={readAgain}
    />
  );
}
