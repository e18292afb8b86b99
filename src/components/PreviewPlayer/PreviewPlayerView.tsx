'use client';
import { type ForwardedRef, type ReactNode, useCallback } from 'react';
import { type ElementProps, mergeRefs, renderElement } from '../../internal/renderElement.js';
import type { LayersError } from '../../model/errors.js';
import type { Preview } from '../../model/preview.js';
import { safeImageUrl, safeUrl } from '../../model/url.js';
import { usePlayerMessages } from '../../provider/MessagesContext.js';
import { FrameIcon } from '../icons.js';
import { normalizeRatio } from './aspectRatio.js';
import { ImageMedia } from './ImageMedia.js';
import { LinkMedia } from './LinkMedia.js';
import { MediaProblem } from './MediaProblem.js';
import type { PreviewPlayerOwnProps, PreviewPlayerState } from './PreviewPlayer.js';
import { SlideshowMedia } from './SlideshowMedia.js';
import { type MediaLife, useMediaPhase } from './useMediaPhase.js';
import { VideoMedia } from './VideoMedia.js';

interface PreviewPlayerViewProps extends ElementProps<'div', PreviewPlayerState>, PreviewPlayerOwnProps {
  preview: Preview | null;
  /** Why there is no preview, where reading the container failed. */
  error?: LayersError | null | undefined;
  /** Called before media is asked for again. */
  onRetry?: (() => void) | undefined;
  rootRef: ForwardedRef<HTMLDivElement>;
}

/** A `PreviewPlayer` from plain data. */
export function PreviewPlayerView({
  preview,
  error,
  onRetry,
  alt,
  controls = true,
  autoPlay = false,
  loop = false,
  muted = false,
  aspectRatio,
  fit = 'contain',
  children: placeholder,
  rootRef,
  ...props
}: PreviewPlayerViewProps) {
  const { messages } = usePlayerMessages();
  const ratio = normalizeRatio(aspectRatio ?? preview?.aspectRatio);
  // For ratios that the stylesheet does not name; through the style object, since server HTML carries no style attribute.
  const reserve = useCallback(
    (root: HTMLDivElement | null) => {
      root?.style.setProperty('--_ratio', ratio.replace(':', ' / '));
    },
    [ratio],
  );

  const sources = mediaOf(preview);
  const key = sources.join(' ');
  const life = useMediaPhase(key);
  const withRetry: MediaLife = {
    ...life,
    retry: () => {
      onRetry?.();
      life.retry();
    },
  };
  const settings = { alt, controls, autoPlay, loop, muted };
  const isEmpty = sources.length === 0;

  let children: ReactNode;
  if (preview && !isEmpty) children = renderMedia(preview, `${key} ${life.attempt}`, withRetry, settings);
  else if (error) {
    children = <MediaProblem sentence={messages.previewUnavailable} requestId={error.requestId} onRetry={() => onRetry?.()} />;
  } else
    children = <div data-part="placeholder">{placeholder ?? <NoPreview words={preview ? messages.noMedia : messages.noPreview} />}</div>;
  if (!preview || isEmpty) children = <div data-part="frame">{children}</div>;

  return renderElement('div', {
    name: 'layers-PreviewPlayer',
    state: { kind: preview?.kind ?? 'none', state: isEmpty ? (error ? 'error' : 'empty') : life.phase, ratio, fit },
    ref: mergeRefs(reserve, rootRef) as ForwardedRef<never>,
    own: { children },
    props,
  });
}

/** How media is shown, whatever its kind. */
export interface MediaSettings {
  alt: string | undefined;
  controls: boolean;
  autoPlay: boolean;
  loop: boolean;
  muted: boolean;
}

function renderMedia(preview: Preview, key: string, life: MediaLife, settings: MediaSettings): ReactNode {
  switch (preview.kind) {
    case 'video':
      return <VideoMedia key={key} preview={preview} life={life} {...settings} />;
    case 'slideshow':
      return <SlideshowMedia key={key} preview={preview} life={life} alt={settings.alt} />;
    case 'image':
      return <ImageMedia key={key} preview={preview} life={life} alt={settings.alt} />;
    case 'unknown':
      return <LinkMedia preview={preview} />;
    default:
      preview satisfies never;
      return <LinkMedia preview={preview} />;
  }
}

/** Every URL that a preview can be drawn from: what the media is keyed by, and empty where there is nothing to draw. */
function mediaOf(preview: Preview | null): string[] {
  if (!preview) return [];
  const { kind, primaryUrl, videoUrl, hlsUrl, thumbnailUrl, imageUrls } = preview;
  const links = kind === 'video' ? [videoUrl ?? primaryUrl, hlsUrl].map(safeUrl) : [primaryUrl].map(safeImageUrl);
  return [...links, ...[thumbnailUrl, ...imageUrls].map(safeImageUrl)].filter((url) => url !== null);
}

function NoPreview({ words }: { words: string }) {
  return (
    <span data-part="empty">
      <FrameIcon size={28} />
      {words}
    </span>
  );
}
