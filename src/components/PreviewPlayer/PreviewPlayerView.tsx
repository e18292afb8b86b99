'use client';
import { type ForwardedRef, type ReactNode, useState } from 'react';
import { mergeRefs, renderElement } from '../../internal/renderElement.js';
import type { LayersError } from '../../model/errors.js';
import type { Preview } from '../../model/preview.js';
import { useWords } from '../../provider/MessagesContext.js';
import { AlertIcon, FrameIcon } from '../icons.js';
import { normalizeRatio } from './aspectRatio.js';
import { Frame } from './Frame.js';
import { ImageMedia } from './ImageMedia.js';
import { LinkMedia } from './LinkMedia.js';
import { MediaProblem, unavailable } from './MediaProblem.js';
import type { MediaSettings } from './mediaSettings.js';
import type { PreviewPlayerRootProps, PreviewPlayerState } from './types.js';
import { FirstSlide } from './FirstSlide.js';
import { lazyPart } from './lazyPart.js';
import { PlainSlides } from './PlainSlides.js';
import { type MediaLife, useMediaPhase } from './useMediaPhase.js';
import { type Refresh, useRenewal } from './useRenewal.js';
import { VideoMedia } from './VideoMedia.js';
import { playerWords } from './words.js';

interface PreviewPlayerViewProps extends PreviewPlayerRootProps {
  preview: Preview | null;
  /** There will be no preview, if there is none. @default false */
  hasEnded?: boolean | undefined;
  /** Why there is no preview, where reading the container failed. */
  error?: LayersError | null | undefined;
  onRefresh?: Refresh | undefined;
  expiresAt?: string | null | undefined;
  rootRef: ForwardedRef<HTMLDivElement>;
}

const SlideshowMedia = /* @__PURE__ */ lazyPart(async () => (await import('./SlideshowMedia.js')).SlideshowMedia, {
  before: FirstSlide,
  instead: PlainSlides,
});

const Expiry = /* @__PURE__ */ lazyPart(async () => (await import('./Expiry.js')).Expiry);

/** How long a slide stays where no time is given, in milliseconds. */
const ROTATE_MS = 5000;

/** A `PreviewPlayer` from plain data. */
export function PreviewPlayerView(given: PreviewPlayerViewProps) {
  const { preview: data, hasEnded = false, error, onRefresh, expiresAt, alt, controls = 'native', autoPlay = false, ...others } = given;
  const { loop = false, muted = false, ...rest } = others;
  const { preload, exclusive = true, playOnHover = false, zoom = true, autoRotate = false, referrerPolicy, crossOrigin, ...more } = rest;
  const { videoRef, onPlay, onEnded, onError, aspectRatio, fit = 'contain', problem, children: placeholder, rootRef, ...props } = more;
  const { messages } = useWords(playerWords);
  const { shown: preview, addresses, key, isRenewing, renew, renewNow, renewAhead } = useRenewal(data, onRefresh);
  const ratio = normalizeRatio(aspectRatio ?? preview?.aspectRatio);

  const phase = useMediaPhase(key);
  const expires = onRefresh ? expiresAt : null;
  const [root, setRoot] = useState<Element | null>(null);
  const life: MediaLife = { ...phase, renew, retry: () => void renewNow().then(phase.retry) };
  const settings: MediaSettings = {
    alt,
    controls: controls === true ? 'native' : controls || 'none',
    autoPlay,
    loop,
    muted,
    preload,
    exclusive,
    playOnHover,
    zoom,
    rotateMs: autoRotate === true ? ROTATE_MS : autoRotate || null,
    fetching: { referrerPolicy, crossOrigin },
    videoRef,
    onPlay,
    onEnded,
    onError,
  };
  const isEmpty = addresses.length === 0;

  let children: ReactNode;
  if (preview && !isEmpty) children = renderMedia(preview, key, { life, settings, ratio });
  else if (error) {
    children = <MediaProblem {...unavailable(error, messages.previewUnavailable, () => void renewNow())} />;
  } else {
    const words = preview || hasEnded ? messages.noMedia : messages.noPreview;
    children = <div data-part="placeholder">{placeholder ?? <NoPreview words={words} />}</div>;
  }
  if (!preview || isEmpty) children = <Frame ratio={ratio}>{children}</Frame>;

  return renderElement('div', {
    name: 'layers-PreviewPlayer',
    state: {
      kind: preview?.kind ?? 'none',
      state: isEmpty ? (error ? 'error' : 'empty') : phase.phase,
      ratio,
      fit,
    } satisfies PreviewPlayerState,
    // Only where something expires: it is one more render.
    ref: mergeRefs<HTMLDivElement>(rootRef ?? undefined, expires ? setRoot : undefined) as ForwardedRef<never>,
    own: {
      children: (
        <>
          {children}
          {problem && (
            <p data-part="failure">
              <AlertIcon size={16} />
              <span dir="auto">{problem.message || messages.failedPartly}</span>
            </p>
          )}
          {expires && root && <Expiry element={root} expiresAt={expires} isPlaying={phase.phase === 'playing'} renew={renewAhead} />}
          {/* A poster in a list that is renewed is nobody's concern, and where there is no preview no link has expired. */}
          {isRenewing && preview && (phase.phase !== 'idle' || preview.kind !== 'video') && (
            <p data-part="renewing" role="status">
              {messages.renewing}
            </p>
          )}
        </>
      ),
    },
    props,
  });
}

interface Shown {
  life: MediaLife;
  settings: MediaSettings;
  ratio: string;
}

function renderMedia(preview: Preview, key: string, shown: Shown): ReactNode {
  const attempt = `${key} ${shown.life.attempt}`;
  switch (preview.kind) {
    case 'video':
      return <VideoMedia key={attempt} preview={preview} {...shown} />;
    case 'slideshow':
      // Its slides begin anew, and not where a person is in them.
      return <SlideshowMedia key={key} preview={preview} {...shown} />;
    case 'image':
      // An image of several pages (a carousel) is paged like a slideshow.
      if (preview.imageUrls.length > 1) return <SlideshowMedia key={key} preview={{ ...preview, kind: 'slideshow' }} {...shown} />;
      return <ImageMedia key={attempt} preview={preview} {...shown} />;
    case 'unknown':
      return <LinkMedia preview={preview} {...shown} />;
    default:
      preview satisfies never;
      return <LinkMedia preview={preview} {...shown} />;
  }
}

function NoPreview({ words }: { words: string }) {
  return (
    <span data-part="empty">
      <FrameIcon size={28} />
      <span>{words}</span>
    </span>
  );
}
