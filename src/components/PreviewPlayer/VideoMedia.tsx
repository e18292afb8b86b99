'use client';
import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { callHost } from '../../internal/callHost.js';
import { focusedIn, hasNoFocus } from '../../internal/dom.js';
import { mergeRefs } from '../../internal/renderElement.js';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import type { VideoPreview } from '../../model/preview.js';
import { safeImageUrl } from '../../model/url.js';
import { useWords } from '../../provider/MessagesContext.js';
import { PauseIcon, PlayIcon } from '../icons.js';
import { drawFrame } from './drawFrame.js';
import { Frame, type MediaProps } from './Frame.js';
import { lazyPart } from './lazyPart.js';
import { leaveFullscreen, leavePicture } from './leaveScreens.js';
import { playAlone, standStill, type Wish } from './liveVideos.js';
import { MediaProblem } from './MediaProblem.js';
import { sourcesOf } from './mediaFile.js';
import type { PreviewPlayerError } from './mediaSettings.js';
import { useNativeKeys } from './useNativeKeys.js';
import { useGlimpse } from './useGlimpse.js';
import { useIdle } from './useIdle.js';
import { useSeat } from './useSeat.js';
import { useVideo } from './useVideo.js';
import { playerWords } from './words.js';

const MinimalControls = /* @__PURE__ */ lazyPart(async () => (await import('./MinimalControls.js')).MinimalControls);

/** A video behind its poster; the `<video>` is there only once somebody wants it, or where there is no poster to show instead. */
export function VideoMedia({ preview, life, settings, ...frameProps }: MediaProps<VideoPreview>) {
  const { alt, controls, autoPlay, loop, muted, preload, exclusive, playOnHover, videoRef, onPlay, onEnded, fetching } = settings;
  const { locale, messages } = useWords(playerWords);
  const frame = useRef<HTMLDivElement>(null);
  const [failedPoster, setFailedPoster] = useState<string | null>(null);
  const [intent, setIntent] = useState<0 | 2 | 3>(life.attempt > 0 ? 3 : autoPlay ? 2 : 0);
  const [failure, setFailure] = useState<{ hadFocus: boolean; reason: PreviewPlayerError['reason'] } | null>(null);
  const { phase, place } = life;
  const sources = sourcesOf(preview);
  const hasSource = sources.mp4 !== null || sources.hls !== null;
  const thumbnail = safeImageUrl(preview.thumbnailUrl);
  const poster = thumbnail === failedPoster ? null : thumbnail;
  const posterImage = useRef<HTMLImageElement>(null);
  const losePoster = () => {
    setFailedPoster(poster);
    void life.renew(poster);
  };
  // Server HTML starts loading before there is anyone to hear that it fails.
  useIsomorphicLayoutEffect(() => {
    const image = posterImage.current;
    if (image?.complete && image.currentSrc && image.naturalWidth === 0) losePoster();
    // oxlint-disable-next-line react/exhaustive-deps -- The poster that is there at first; any other is heard.
  }, []);
  const preloads = preload ?? (poster === null ? 'metadata' : 'none');
  const { isGlimpsed, handlers } = useGlimpse(frame, playOnHover && intent === 0 && hasSource && phase !== 'error');

  const wish: Wish | null = intent || (isGlimpsed ? 1 : preloads === 'none' ? null : 0);
  const still = useRef<HTMLCanvasElement>(null);
  const [isDrawn, setDrawn] = useState(false);
  const isMounted = useSeat(frame, hasSource && phase !== 'error' ? wish : null, isDrawn && preload === undefined);
  const isWanted = intent !== 0;
  const isGlimpse = isMounted && wish === 1;

  const rest = () => {
    setIntent(0);
    life.report('idle');
  };
  const { video, play, start, pause } = useVideo({
    isMounted,
    sources,
    playsAtOnce: isWanted || isGlimpsed,
    muted,
    startsMuted: (wish ?? 0) < 3,
    isWanted,
    drawsFirstFrame: !isWanted && poster === null,
    life,
    onRefused: rest,
    onFailed: fail,
  });
  function fail(reason: PreviewPlayerError['reason']) {
    if (isGlimpse) return;
    setFailure({ hadFocus: frame.current?.contains(focusedIn(frame.current)) ?? false, reason });
    life.report('error');
    callHost(settings.onError, { kind: 'video', url: sources.mp4 ?? sources.hls, code: video.current?.error?.code ?? null, reason });
  }
  /** Whether something else has taken the element out of its frame, as extensions do: it would be heard and not seen. */
  const isLost = () => {
    const [element, home] = [video.current, frame.current];
    if (!element || !home || home.contains(element)) return false;
    // Where React will look for it.
    home.append(element);
    fail('failed');
    return true;
  };

  const before = useRef({ isMounted, wish });
  useIsomorphicLayoutEffect(() => {
    const { isMounted: wasMounted, wish: wished } = before.current;
    before.current = { isMounted, wish };
    // Off the screen, or in favour of a newer one: what a person started waits for them, what plays by itself comes back by itself.
    if (wasMounted && !isMounted && isWanted && phase !== 'error') {
      if (intent === 3 || place.current?.paused) rest();
      else life.report('idle');
    }
    if (!wasMounted || !isMounted || wish === wished) return;
    if (wish === 1) play();
    else if (wish === 0) video.current?.pause();
  });

  const hasStarted = isMounted && isWanted && (phase === 'loading' || phase === 'playing' || phase === 'paused');
  const isPlaying = phase === 'playing' || phase === 'loading';
  const lacksControls = MinimalControls.useIsMissing(controls === 'minimal' && hasStarted);
  const isNative = (controls === 'native' || lacksControls) && hasStarted;
  const isIdle = useIdle(frame, hasStarted && !isNative && phase === 'playing');

  useNativeKeys(video, isNative);
  useEffect(() => {
    const element = frame.current;
    // On a route that is hidden and kept, the screen, or a window of its own, would stay full of what isn't shown.
    return () => {
      if (element) leaveFullscreen(element);
    };
  }, []);
  useEffect(() => {
    const element = video.current;
    return () => {
      if (element) leavePicture(element);
    };
  }, [isMounted, video]);

  // Where the browser's controls take the place of the play button, the focus that was on it goes to them.
  const movesFocus = useRef<'now' | 'unless elsewhere' | null>(controls === 'native' && life.attempt > 0 ? 'unless elsewhere' : null);
  useIsomorphicLayoutEffect(() => {
    const element = video.current;
    if (!isNative || !movesFocus.current || !element) return;
    // Who has tried again may have begun something else before it plays.
    if (movesFocus.current === 'now' || hasNoFocus(element.ownerDocument)) element.focus({ preventScroll: true });
    movesFocus.current = null;
  }, [isNative, video]);

  const toggle = () => {
    movesFocus.current = controls === 'native' ? 'now' : 'unless elsewhere';
    if (isWanted && isPlaying) {
      pause();
      return;
    }
    if (isLost()) return;
    setIntent(3);
    life.report('loading');
    start();
  };
  const title = alt || null;
  const keepFrame = ({ currentTarget }: SyntheticEvent<HTMLVideoElement>) => {
    if (!isWanted && !isGlimpse && poster === null) setDrawn(drawFrame(currentTarget, still.current));
  };

  return (
    <Frame {...frameProps} ref={frame} data-idle={isIdle ? '' : undefined} {...handlers}>
      {poster && (
        <img ref={posterImage} data-part="poster" {...fetching} src={poster} alt="" loading="lazy" decoding="async" onError={losePoster} />
      )}
      {!poster && phase !== 'error' && (
        <span data-part="blank" aria-hidden="true">
          {messages.video}
        </span>
      )}
      {hasSource && !poster && <canvas ref={still} data-part="still" aria-hidden="true" />}
      {isMounted && (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- The API has no caption track; the spoken words are the hook, beside the player.
        <video
          ref={mergeRefs(video, videoRef)}
          data-part="media"
          data-glimpse={isGlimpse ? '' : undefined}
          aria-label={title ?? messages.video}
          controls={isNative}
          loop={loop || isGlimpse}
          playsInline
          crossOrigin={fetching.crossOrigin}
          preload={isWanted || isGlimpse ? 'auto' : preloads}
          onLoadedData={keepFrame}
          onSeeked={keepFrame}
          onPlay={(event) => {
            if (!isWanted) return;
            if (exclusive) playAlone(event.currentTarget);
            onPlay?.(event);
          }}
          onPlaying={({ currentTarget }) => {
            // The stylesheet keeps the poster over it until then, and not when it waits for more later.
            currentTarget.dataset['started'] = '';
            if (isWanted) life.report('playing');
          }}
          onWaiting={() => isWanted && life.report('loading')}
          onPause={(event) => {
            standStill(event.currentTarget);
            // One that has failed or was taken away tells of its pause afterwards.
            if (!isWanted || event.currentTarget !== video.current || event.currentTarget.error || isLost()) return;
            life.report('paused');
          }}
          onEnded={(event) => isWanted && onEnded?.(event)}
        />
      )}
      {hasSource && phase !== 'error' && !isNative && (
        <button
          type="button"
          data-part="play"
          aria-label={hasStarted && isPlaying ? messages.pause(title) : messages.play(title)}
          onClick={toggle}
        >
          {hasStarted && isPlaying ? <PauseIcon size={20} /> : <PlayIcon size={20} />}
        </button>
      )}
      {preview.durationMs !== null && Number.isFinite(preview.durationMs) && phase !== 'error' && !hasStarted && (
        <span data-part="duration">{messages.duration(preview.durationMs, locale)}</span>
      )}
      {phase === 'loading' && <span data-part="spinner" />}
      {controls === 'minimal' && hasStarted && !lacksControls && <MinimalControls video={video} frame={frame} toggle={toggle} />}
      {phase === 'error' &&
        (failure?.reason === 'unsupported' ? (
          <MediaProblem sentence={messages.videoUnsupported} href={sources.mp4} takesFocus={failure.hadFocus} />
        ) : (
          <MediaProblem sentence={messages.videoFailed} onRetry={life.retry} takesFocus={failure?.hadFocus} />
        ))}
    </Frame>
  );
}
