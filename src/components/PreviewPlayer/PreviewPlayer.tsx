'use client';
import { type ForwardedRef, forwardRef, type ReactNode } from 'react';
import { useContainer } from '../../hooks/useContainer.js';
import type { ElementProps } from '../../internal/renderElement.js';
import type { Preview } from '../../model/preview.js';
import { PreviewPlayerView } from './PreviewPlayerView.js';
import type { MediaPhase } from './useMediaPhase.js';

/** What `className`, `style` and `render` functions of {@link PreviewPlayer} are given. */
export interface PreviewPlayerState {
  /** Written as `data-kind`; `none` where there is no preview. */
  kind: Preview['kind'] | 'none';
  /** Written as `data-state`; `empty` where there is nothing to show. */
  state: MediaPhase | 'empty';
  /** Written as `data-ratio`, in colon form. */
  ratio: string;
  /** Written as `data-fit`. */
  fit: 'contain' | 'cover';
}

/** Props of {@link PreviewPlayer} that do not depend on where the data comes from. */
export interface PreviewPlayerOwnProps {
  /** What the media shows, for who cannot see it. @default the catalogue's word for the kind of media */
  alt?: string | undefined;
  /** The browser's own controls on a playing video; without them one button plays and pauses. @default true */
  controls?: boolean | undefined;
  /** Starts a video at once, where the browser allows it; else the play button stays. @default false */
  autoPlay?: boolean | undefined;
  /** @default false */
  loop?: boolean | undefined;
  /** @default false */
  muted?: boolean | undefined;
  /** The frame's ratio, `4:5` or `4/5`. @default the preview's own, else `9:16` */
  aspectRatio?: string | undefined;
  /** How media fills a frame of another ratio: whole, or cut at the edges. @default 'contain' */
  fit?: 'contain' | 'cover' | undefined;
  /** Shown in the frame while there is no preview. @default a sign that there is none yet */
  children?: ReactNode;
}

/** Props of {@link PreviewPlayer}: a `preview`, or the `containerId` to read it from. */
export type PreviewPlayerProps = ElementProps<'div', PreviewPlayerState> &
  PreviewPlayerOwnProps &
  (
    | {
        /** What to show; `null`: no media yet, so the frame holds its place. Needs no provider. */
        preview?: Preview | null | undefined;
        containerId?: undefined;
      }
    | {
        preview?: undefined;
        /** Reads the container through the nearest `LayersProvider`; `null` and `undefined` read nothing. */
        containerId: string | null | undefined;
      }
  );

/**
 * The media of a container in a frame of its own ratio: a video, a slideshow or an image, or the place for it. Nothing moves when it arrives.
 * A video is not loaded before somebody asks for it, and stops and lets go of the network when it leaves the page.
 *
 * Attributes: `data-kind` (`video`, `slideshow`, `image`, `unknown`, `none`), `data-state` (`empty`, `idle`, `loading`, `ready`, `playing`, `paused`,
 * `error`), `data-ratio`, `data-fit`. Parts: `data-part="frame"`, `"poster"`, `"media"`, `"play"`, `"duration"`, `"slides"`, `"slide"`, `"previous"`,
 * `"next"`, `"count"`, `"dots"`, `"dot"`, `"placeholder"`, `"problem"`, `"retry"`, `"link"`.
 *
 * Variables: `--layers-sunken`, `--layers-surface`, `--layers-text`, `--layers-text-muted`, `--layers-border-strong`, `--layers-accent`, `--layers-bad`,
 * `--layers-radius-media` (14px).
 */
export const PreviewPlayer = forwardRef(function PreviewPlayer(
  { containerId, preview, ...props }: PreviewPlayerProps,
  ref: ForwardedRef<HTMLDivElement>,
) {
  if (containerId) return <ConnectedPreviewPlayer {...props} containerId={containerId} rootRef={ref} />;
  return <PreviewPlayerView {...props} preview={preview ?? null} rootRef={ref} />;
});

interface ConnectedProps extends ElementProps<'div', PreviewPlayerState>, PreviewPlayerOwnProps {
  containerId: string;
  rootRef: ForwardedRef<HTMLDivElement>;
}

function ConnectedPreviewPlayer({ containerId, ...props }: ConnectedProps) {
  const { data: container, error, refetch } = useContainer(containerId);
  return (
    <PreviewPlayerView
      {...props}
      preview={container?.preview ?? null}
      error={container ? null : error}
      onRetry={() => {
        // A signed URL may have run out: the container's record has the new one.
        void refetch();
      }}
    />
  );
}
