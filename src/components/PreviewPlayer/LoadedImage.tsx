'use client';
import { type ReactNode, useRef, useState } from 'react';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import { usePlayerMessages } from '../../provider/MessagesContext.js';
import { MediaProblem } from './MediaProblem.js';
import type { MediaPhase } from './useMediaPhase.js';

interface LoadedImageProps {
  url: string;
  alt: string;
  /** Told of `ready` and `error`. */
  onPhase?: ((phase: MediaPhase) => void) | undefined;
  /** This is a new attempt at a person's wish. @default false */
  isRetry?: boolean | undefined;
  /** Called before the image is asked for again. */
  onRetry?: (() => void) | undefined;
}

/** An image that says when it did not load and offers to try again. */
export function LoadedImage({ url, alt, isRetry = false, onPhase, onRetry }: LoadedImageProps): ReactNode {
  const { messages } = usePlayerMessages();
  const image = useRef<HTMLImageElement>(null);
  const [failed, setFailed] = useState(false);
  const [retried, setRetried] = useState(isRetry);
  const settle = (phase: 'ready' | 'error') => {
    setFailed(phase === 'error');
    onPhase?.(phase);
  };
  const settled = useRef(settle);
  useIsomorphicLayoutEffect(() => {
    settled.current = settle;
  });

  // Server HTML starts loading before there is anyone to hear `load` or `error`.
  useIsomorphicLayoutEffect(() => {
    const element = image.current;
    if (element?.complete && element.currentSrc) settled.current(element.naturalWidth > 0 ? 'ready' : 'error');
  }, []);

  if (failed) {
    const retry = () => {
      setFailed(false);
      setRetried(true);
      onRetry?.();
    };
    return <MediaProblem sentence={messages.imageFailed} onRetry={retry} takesFocus={retried} />;
  }
  return (
    <img
      ref={image}
      data-part="media"
      src={url}
      alt={alt}
      loading="lazy"
      decoding="async"
      onLoad={() => settle('ready')}
      onError={() => settle('error')}
    />
  );
}
