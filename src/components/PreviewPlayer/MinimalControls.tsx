'use client';
import { type RefObject, useEffect, useState } from 'react';
import { fullscreenIn } from '../../internal/dom.js';
import { useWords } from '../../provider/MessagesContext.js';
import { useVideoKeys } from './useVideoKeys.js';
import { nextRate, seekTo, toggleFullscreen } from './videoActions.js';
import { FullscreenIcon, SoundIcon } from './partIcons.js';
import { playerPartWords } from './partWords.js';

interface MinimalControlsProps {
  video: RefObject<HTMLVideoElement | null>;
  /** What fills the screen, and where the keys count. */
  frame: RefObject<HTMLElement | null>;
  toggle: () => void;
}

const EVENTS = ['timeupdate', 'seeking', 'durationchange', 'volumechange', 'ratechange', 'emptied'];

/** One line over the lower edge of a vertical clip: where it is, speed, sound, full screen. Tapping the picture plays and pauses. */
export function MinimalControls({ video, frame, toggle }: MinimalControlsProps) {
  const { locale, messages } = useWords(playerPartWords);
  const [now, setNow] = useState({ time: 0, length: 0, muted: false, rate: 1, isFull: false });

  useVideoKeys(video, frame, toggle);

  useEffect(() => {
    const element = video.current;
    const page = element?.ownerDocument;
    const look = () => {
      if (!element) return;
      const { currentTime, duration, muted, volume, playbackRate: rate } = element;
      const length = Number.isFinite(duration) ? duration : 0;
      setNow({ time: currentTime, length, muted: muted || volume === 0, rate, isFull: fullscreenIn(element) === frame.current });
    };
    look();
    for (const event of EVENTS) element?.addEventListener(event, look);
    page?.addEventListener('fullscreenchange', look);
    return () => {
      for (const event of EVENTS) element?.removeEventListener(event, look);
      page?.removeEventListener('fullscreenchange', look);
    };
  }, [video, frame]);

  const act = (action: (element: HTMLVideoElement) => void) => () => video.current && action(video.current);
  const { time, length, muted, rate, isFull } = now;
  return (
    // Time runs from left to right in every script, as on every player.
    <div data-part="controls" dir="ltr">
      <input
        type="range"
        data-part="scrub"
        min={0}
        max={length || 1}
        step="any"
        value={Math.min(time, length || 1)}
        aria-label={messages.seek}
        aria-valuetext={messages.seekPosition(time * 1000, length * 1000, locale)}
        onChange={(event) => video.current && seekTo(video.current, Number(event.target.value))}
      />
      <span data-part="time">{messages.duration(time * 1000, locale)}</span>
      <button type="button" data-part="speed" aria-label={messages.speed(rate, locale)} onClick={act(nextRate)}>
        {messages.speedShort(rate, locale)}
      </button>
      <button
        type="button"
        data-part="mute"
        aria-label={muted ? messages.unmute : messages.mute}
        onClick={act((element) => {
          if (element.volume === 0) element.volume = 1;
          element.muted = !muted;
        })}
      >
        <SoundIcon size={18} isOff={muted} />
      </button>
      <button
        type="button"
        data-part="fullscreen"
        aria-label={isFull ? messages.exitFullscreen : messages.fullscreen}
        onClick={act((element) => frame.current && toggleFullscreen(frame.current, element))}
      >
        <FullscreenIcon size={18} />
      </button>
    </div>
  );
}
