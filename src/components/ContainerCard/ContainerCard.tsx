'use client';
import { type ForwardedRef, forwardRef } from 'react';
import { useContainer } from '../../hooks/useContainer.js';
import { useContainerProgress } from '../../hooks/useContainerProgress.js';
import { useOnScreen } from '../../hooks/useOnScreen.js';
import { type ElementProps, mergeRefs } from '../../internal/renderElement.js';
import type { Container, ContainerSummary } from '../../model/container.js';
import { type ApprovalStatus, type ContainerStatus, isTerminalStatus } from '../../model/status.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import type { Refresh } from '../PreviewPlayer/useRenewal.js';
import { ContainerCardShell } from './ContainerCardShell.js';
import { ContainerCardView } from './ContainerCardView.js';
import { useCardRefresh } from './useCardRefresh.js';

/** What `className`, `style` and `render` functions of {@link ContainerCard} are given. */
export interface ContainerCardState {
  /** Written as `data-state`. */
  state: ContainerStatus | 'loading' | 'error';
  /** Written as `data-approval`; absent until the container has come. */
  approval: ApprovalStatus | null;
  /** Written as `data-layout`. */
  layout: 'card' | 'row';
  /** Written as `data-revealed` on a card that was seen in flight and then completed. */
  revealed: boolean;
}

/** Props of {@link ContainerCard} that do not depend on where the data comes from. */
export interface ContainerCardOwnProps {
  /** Makes the title a link. */
  href?: string | undefined;
  /** Makes the title a button, or is called when its link is followed. */
  onOpen?: ((containerId: string) => void) | undefined;
  /** `row`: a small frame at the side, and the words beside it. @default 'card' */
  layout?: 'card' | 'row' | undefined;
  /** The frame's ratio, the same for every card, so that nothing moves when media arrives. @default '9:16' */
  aspectRatio?: string | undefined;
  /** Plays a video without its sound while a mouse is over it or the focus in it; not where data or motion are to be saved. @default true */
  playOnHover?: boolean | undefined;
  /** Milliseconds since 1970 that times are told from. @default the time of day, once the page is live; a date in server HTML */
  now?: number | undefined;
}

/** Props of {@link ContainerCard}: a `container`, or the `containerId` to follow. */
export type ContainerCardProps = ElementProps<'article', ContainerCardState> &
  ContainerCardOwnProps &
  (
    | {
        /** A record or a list row; `null` and `undefined`: not there yet, so a card of its size holds the place. Needs no provider. */
        container?: Container | ContainerSummary | null | undefined;
        /** How far it is, while in flight; `null`: not known. */
        progress?: ContainerProgress | null | undefined;
        /**
         * Reads the container again when its media fails, at most once a minute by itself and whenever a person tries again; give back the new preview,
         * or pass it by `container`. @default the nearest `LayersProvider` reads it; without one, an address that has run out is an error
         */
        onRefresh?: Refresh | undefined;
        containerId?: undefined;
      }
    | {
        container?: undefined;
        progress?: undefined;
        onRefresh?: undefined;
        /** Follows the container and its progress through the nearest `LayersProvider`; `null` and `undefined` read nothing. */
        containerId: string | null | undefined;
      }
  );

/**
 * One container: its media in a portrait frame, its hook, where it is in its life and in review, and when it was made. While it is in flight the frame
 * holds the progress where the media will be.
 *
 * Attributes: `data-state` (a container's status, `loading`, `error`), `data-approval`, `data-layout`, `data-revealed`.
 * Parts: `data-part="well"`, `"body"`, `"title"`, `"open"`, `"meta"`, `"badges"`, `"time"`, `"message"`.
 *
 * Variables: `--layers-surface`, `--layers-border`, `--layers-radius-card` (10px), `--layers-text`, `--layers-text-muted`, `--layers-accent`,
 * `--layers-bad`, `--layers-track`, and those of the parts it is made of.
 */
export const ContainerCard = forwardRef(function ContainerCard(
  { containerId, container, progress, onRefresh, ...props }: ContainerCardProps,
  ref: ForwardedRef<HTMLElement>,
) {
  const readAgain = useCardRefresh(container?.id);
  if (container)
    return (
      <ContainerCardView {...props} container={container} progress={progress ?? null} onRefresh={onRefresh ?? readAgain} rootRef={ref} />
    );
  if (containerId) return <ConnectedContainerCard {...props} key={containerId} containerId={containerId} rootRef={ref} />;
  return <ContainerCardShell {...props} rootRef={ref} />;
});

interface ConnectedProps extends ElementProps<'article', ContainerCardState>, ContainerCardOwnProps {
  containerId: string;
  rootRef: ForwardedRef<HTMLElement>;
}

function ConnectedContainerCard({ containerId, rootRef: givenRef, ...rest }: ConnectedProps) {
  const onScreen = useOnScreen(containerId);
  const props = { ...rest, rootRef: mergeRefs(givenRef ?? undefined, onScreen) as ForwardedRef<HTMLElement> };
  const { data: container, error, refetch } = useContainer(containerId);
  const isInFlight = container !== undefined && !isTerminalStatus(container.status);
  const { data: progress, error: progressError } = useContainerProgress(isInFlight ? containerId : null);
  if (!container) return <ContainerCardShell {...props} error={error} onRetry={() => void refetch()} />;
  const readAgain = async () => {
    const { data, isError } = await refetch({ cancelRefetch: false });
    return isError ? null : data?.preview;
  };
  return (
    <ContainerCardView {...props} container={container} progress={progress ?? null} progressError={progressError} onRefresh={readAgain} />
  );
}
