'use client';
import { useRef, useState } from 'react';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import type { VideoPreview } from '../../model/preview.js';
import { safeImageUrl, safeUrl } from '../../model/url.js';
import { usePlayerMessages } from '../../provider/MessagesContext.js';
import { PauseIcon, PlayIcon } from '../icons.js';
import { MediaProblem } from './MediaProblem.js';
import type { MediaSettings } from './PreviewPlayerView.js';
import type { MediaLife } from './useMediaPhase.js';
import { useVideo } from './useVideo.js';

interface VideoMediaProps extends MediaSettings {
  preview: VideoPreview;
  life: MediaLife;
}

/** A video behind its poster; the `<video>` is there only once somebody wants it, or where there is no poster to show instead. */
export function VideoMedia({ preview, life, alt, controls, autoPlay, loop, muted }: VideoMediaProps) {
  const { locale, messages } = usePlayerMessages();
  const frame = useRef<HTMLDivElement>(null);
  const [posterFailed, setPosterFailed] = useState(false);
  const [wanted, setWanted] = useState(autoPlay || life.attempt > 0);
  const [focusLost, setFocusLost] = useState(false);
  const source = safeUrl(preview.videoUrl) ?? safeUrl(preview.primaryUrl) ?? safeUrl(preview.hlsUrl);
  const poster = posterFailed ? null : safeImageUrl(preview.thumbnailUrl);
  const isMounted = source !== null && life.phase !== 'error' && (wanted || poster === null);
  // With #t the browser draws the first frame, where iOS would show an empty tile.
  const drawsFirstFrame = safeImageUrl(preview.thumbnailUrl) === null || (posterFailed && !wanted);
  const url = source && drawsFirstFrame && !source.includes('#') ? `${source}#t=0.001` : source;
  const { video, play } = useVideo({ url: isMounted ? url : null, playsAtOnce: wanted, muted, report: life.report });

  const hasStarted = isMounted && (life.phase === 'loading' || life.phase === 'playing' || life.phase === 'paused');
  const isPlaying = life.phase === 'playing' || life.phase === 'loading';

  // Where the browser's controls take the place of the play button, the focus that was on it goes to them.
  const movesFocus = useRef(controls && life.attempt > 0);
  useIsomorphicLayoutEffect(() => {
    if (!hasStarted || !movesFocus.current) return;
    movesFocus.current = false;
    video.current?.focus({ preventScroll: true });
  }, [hasStarted, video]);

  const toggle = () => {
    movesFocus.current = controls;
    if (isPlaying) video.current?.pause();
    else if (video.current) play();
    else setWanted(true);
  };
  const title = alt ?? null;

  return (
    <div ref={frame} data-part="frame">
      {poster && <img data-part="poster" src={poster} alt="" loading="lazy" decoding="async" onError={() => setPosterFailed(true)} />}
      {isMounted && (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- The API has no caption track; the spoken words are the hook, beside the player.
        <video
          ref={video}
          data-part="media"
          aria-label={title ?? messages.video}
          controls={controls && hasStarted}
          loop={loop}
          playsInline
          preload={wanted ? 'auto' : 'metadata'}
          onPlaying={() => life.report('playing')}
          onPause={() => life.report('paused')}
          onError={() => {
            setFocusLost(frame.current?.contains(document.activeElement) ?? false);
            life.report('error');
          }}
        />
      )}
      {source !== null && life.phase !== 'error' && !(controls && hasStarted) && (
        <button type="button" data-part="play" aria-label={isPlaying ? messages.pause(title) : messages.play(title)} onClick={toggle}>
          {isPlaying ? <PauseIcon size={20} /> : <PlayIcon size={20} />}
        </button>
      )}
      {preview.durationMs !== null && Number.isFinite(preview.durationMs) && life.phase !== 'error' && !hasStarted && (
        <span data-part="duration">{messages.duration(preview.durationMs, locale)}</span>
      )}
      {life.phase === 'loading' && <span data-part="spinner" />}
      {life.phase === 'error' && <MediaProblem sentence={messages.videoFailed} onRetry={life.retry} takesFocus={focusLost} />}
    </div>
  );
}
