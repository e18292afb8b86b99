'use client';
import { type RefObject, useEffect, useState } from 'react';
import { fullscreenIn } from '../../internal/dom.js';
import { useWords } from '../../provider/MessagesContext.js';
import { useVideoKeys } from './useVideoKeys.js';
import { canFillScreen, nextRate, seekableLength, seekTo, toggleFullscreen } from './videoActions.js';
import { FullscreenIcon, SoundIcon } from './partIcons.js';
import { playerPartWords } from './partWords.js';

interface MinimalControlsProps {
  video: RefObject<HTMLVideoElement | null>;
  /** What fills the screen, and where the keys count. */
  frame: RefObject<HTMLElement | null>;
  toggle: () => void;
}

const EVENTS = ['timeupdate', 'seeking', 'loadedmetadata', 'durationchange', 'progress', 'volumechange', 'ratechange', 'emptied'];

/** One line over the lower edge of a vertical clip: where it is, speed, sound, full screen. Tapping the picture plays and pauses. */
export function MinimalControls({ video, frame, toggle }: MinimalControlsProps) {
  const { locale, messages } = useWords(playerPartWords);
  const [now, setNow] = useState({ time: 0, length: 0, muted: false, rate: 1, isFull: false, canFill: false });

  useVideoKeys(video, frame, toggle);

  useEffect(() => {
    const element = video.current;
    const page = element?.ownerDocument;
    const look = () => {
      if (!element) return;
      const { currentTime: time, muted, volume, playbackRate: rate } = element;
      const isFull = fullscreenIn(element) === frame.current;
      const canFill = canFillScreen(element);
      // While it gets another source, nothing is known and nothing goes: somebody may have the focus on it.
      const isKnown = element.readyState > 0;
      const length = seekableLength(element);
      setNow((before) => ({ time, length: isKnown ? length : before.length, muted: muted || volume === 0, rate, isFull, canFill }));
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
  const { time, length, muted, rate, isFull, canFill } = now;
  return (
    // Time runs from left to right in every script, as on every player.
    <div data-part="controls" dir="ltr">
      {length > 0 && (
        <input
          type="range"
          // Enter on it would submit a form of the host's.
          form=""
          data-part="scrub"
          min={0}
          max={length}
          step="any"
          value={Math.min(time, length)}
          aria-label={messages.seek}
          aria-valuetext={messages.seekPosition(time * 1000, length * 1000, locale)}
          onChange={(event) => video.current && seekTo(video.current, Number(event.target.value))}
        />
      )}
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
      {canFill && (
        <button
          type="button"
          data-part="fullscreen"
          aria-label={isFull ? messages.exitFullscreen : messages.fullscreen}
          onClick={act((element) => frame.current && toggleFullscreen(frame.current, element))}
        >
          <FullscreenIcon size={18} />
        </button>
      )}
    </div>
  );
}
