'use client';
import { type ReactNode, useRef, useState } from 'react';
import { callHost } from '../../internal/callHost.js';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import { useWords } from '../../provider/MessagesContext.js';
import { MediaProblem } from './MediaProblem.js';
import type { MediaSettings } from './mediaSettings.js';
import { fileOf } from './mediaFile.js';
import type { MediaLife } from './useMediaPhase.js';
import { playerWords } from './words.js';

interface LoadedImageProps {
  url: string;
  alt: string;
  settings: Pick<MediaSettings, 'fetching' | 'onError'>;
  life: Pick<MediaLife, 'report' | 'renew' | 'retry'>;
  /** This is a new attempt at a person's wish. @default false */
  isRetry?: boolean | undefined;
  /** What lies over it, given the address in use. */
  children?: ((url: string) => ReactNode) | undefined;
}

/** An image that gets a new address when its own has run out, says when it did not load and offers to try again. */
export function LoadedImage({ url, alt, settings, life, isRetry = false, children }: LoadedImageProps): ReactNode {
  const { messages } = useWords(playerWords);
  const image = useRef<HTMLImageElement>(null);
  const [failed, setFailed] = useState(false);
  const [used, setUsed] = useState<{ url: string | null; loads: number }>({ url, loads: 0 });
  // Another signature of the same file is for when this one does not load: what has loaded stays.
  if (used.url === null || fileOf(used.url) !== fileOf(url)) {
    setUsed({ url, loads: used.loads });
    setFailed(false);
  }

  const settle = async (hasLoaded: boolean) => {
    if (hasLoaded) {
      life.report('ready');
      return;
    }
    const element = image.current;
    const isRenewed = await life.renew(used.url);
    // Another image is shown by now, or none.
    if (element?.isConnected === false || fileOf(latest.current.url) !== fileOf(url)) return;
    if (isRenewed) {
      // The new address comes with the next render.
      setUsed(({ loads }) => ({ url: null, loads: loads + 1 }));
      return;
    }
    setFailed(true);
    life.report('error');
    callHost(settings.onError, { kind: 'image', url: used.url, code: null, reason: 'failed' });
  };
  const latest = useRef({ settle, url });
  useIsomorphicLayoutEffect(() => {
    latest.current = { settle, url };
  });

  // Server HTML starts loading before there is anyone to hear `load` or `error`.
  useIsomorphicLayoutEffect(() => {
    const element = image.current;
    if (element?.complete && element.currentSrc) void latest.current.settle(element.naturalWidth > 0);
  }, []);

  if (failed) return <MediaProblem sentence={messages.imageFailed} onRetry={life.retry} takesFocus={isRetry} />;
  return (
    <>
      <img
        ref={image}
        key={used.loads}
        data-part="media"
        {...settings.fetching}
        src={used.url ?? url}
        alt={alt}
        loading="lazy"
        decoding="async"
        onLoad={() => void settle(true)}
        onError={() => void settle(false)}
      />
      {children?.(used.url ?? url)}
    </>
  );
}
