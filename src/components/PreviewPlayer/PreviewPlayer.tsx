'use client';
import { type ForwardedRef, useContext } from 'react';
import { containerName } from '../../model/containerName.js';
import { containerKey } from '../../model/ids.js';
import { isTerminalStatus } from '../../model/status.js';
import { LayersContext, type LayersContextValue, missingProvider } from '../../provider/LayersContext.js';
import { awaitsOutcome } from '../awaitsOutcome.js';
import { PreviewPlayerView } from './PreviewPlayerView.js';
import type { PreviewPlayerProps, PreviewPlayerRootProps } from './types.js';
import { expiryOf } from './expiryOf.js';
import type { Refresh } from './useRenewal.js';
import { guarded } from '../guarded.js';

/**
 * The media of a container in a frame of its own ratio: a video, a slideshow or an image, or the place for it. Nothing moves when it arrives.
 * A video is not loaded before somebody asks for it, and stops and lets go of the network when it leaves the page or the screen. When its address has
 * run out, the container is read once more and the video goes on where it was. HLS plays through `hls.js` where that is installed.
 *
 * Attributes: `data-kind` (`video`, `slideshow`, `image`, `unknown`, `none`), `data-state` (`empty`, `idle`, `loading`, `ready`, `playing`, `paused`,
 * `error`), `data-ratio`, `data-fit`. Parts: `data-part="frame"`, `"poster"`, `"blank"`, `"still"`, `"media"`, `"play"`, `"duration"`, `"controls"`, `"scrub"`, `"time"`,
 * `"speed"`, `"mute"`, `"fullscreen"`, `"slides"`, `"slide"`, `"previous"`, `"next"`, `"count"`, `"dots"`, `"dot"`, `"rotation"`, `"zoom"`, `"zoomed"`,
 * `"placeholder"`, `"failure"`, `"renewing"`, `"problem"`, `"retry"`, `"link"`.
 *
 * Variables: `--layers-sunken`, `--layers-surface`, `--layers-text`, `--layers-text-muted`, `--layers-border-strong`, `--layers-accent`, `--layers-bad`,
 * `--layers-radius-media` (14px).
 */
export const PreviewPlayer = guarded(
  'PreviewPlayer',
  {
    tag: 'div',
    state: { ratio: '9:16', kind: 'none' },
    draw: (words) => (
      <div data-part="frame">
        <div data-part="placeholder">{words}</div>
      </div>
    ),
  },
  function PreviewPlayer({ containerId, preview, ...props }: PreviewPlayerProps, ref: ForwardedRef<HTMLDivElement>) {
    const layers = useContext(LayersContext);
    if (!containerId) return <PreviewPlayerView {...props} preview={preview ?? null} rootRef={ref} />;
    if (!layers) throw missingProvider();
    return <ConnectedPreviewPlayer {...props} key={containerKey(containerId)} containerId={containerId} layers={layers} rootRef={ref} />;
  },
);

interface ConnectedProps extends PreviewPlayerRootProps {
  containerId: string;
  layers: LayersContextValue;
  rootRef: ForwardedRef<HTMLDivElement>;
}

function ConnectedPreviewPlayer({ containerId, layers, alt, problem, ...props }: ConnectedProps) {
  const { data: container, error, refetch } = layers.reads.useContainer(containerId);
  const readAgain: Refresh = async () => {
    const { data, isError } = await refetch({ cancelRefetch: false });
    return isError ? null : data?.preview;
  };
  const hasEnded = container !== undefined && isTerminalStatus(container.status) && !container.isPartial;
  return (
    <PreviewPlayerView
      {...props}
      hasEnded={hasEnded}
      alt={alt ?? (container && containerName(container)) ?? undefined}
      problem={problem === undefined && container?.status === 'failed' ? (container.lastError ?? { message: '' }) : problem}
      preview={container?.preview ?? null}
      expiresAt={container && expiryOf(container)}
      error={container && !awaitsOutcome(container) ? null : error}
      onRefresh={readAgain}
    />
  );
}
