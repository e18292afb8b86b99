'use client';
import { type RefObject, useEffect, useRef } from 'react';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import { canFillScreen, nextRate, seekableLength, seekTo, toggleFullscreen } from './videoActions.js';

/** Arrows move by this many seconds, or a tenth of a short clip. */
const STEP_SECONDS = 5;

/** The keys that people know from video pages: K or space, arrows, Home and End, M for the sound, F for the full screen, > for the speed. */
export function useVideoKeys(video: RefObject<HTMLVideoElement | null>, frame: RefObject<HTMLElement | null>, toggle: () => void): void {
  const latest = useRef(toggle);
  useIsomorphicLayoutEffect(() => {
    latest.current = toggle;
  });
  useEffect(() => {
    const element = frame.current;
    const press = (event: KeyboardEvent) => video.current && element && act(event, video.current, element, latest.current);
    element?.addEventListener('keydown', press);
    return () => element?.removeEventListener('keydown', press);
  }, [video, frame]);
}

function act(event: KeyboardEvent, video: HTMLVideoElement, frame: HTMLElement, toggle: () => void): void {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  const length = seekableLength(video);
  const step = Math.min(STEP_SECONDS, length / 10);
  const turn = (by: number) => () => {
    video.volume = Math.min(1, Math.max(0, video.volume + by));
  };
  const keys: Record<string, () => void> = {
    k: toggle,
    ArrowUp: turn(0.1),
    ArrowDown: turn(-0.1),
    m: () => {
      video.muted = !video.muted;
    },
    '>': () => nextRate(video),
    ...(canFillScreen(video) && { f: () => toggleFullscreen(frame, video) }),
    ...(length > 0 && {
      ArrowLeft: () => seekTo(video, video.currentTime - step),
      ArrowRight: () => seekTo(video, video.currentTime + step),
      Home: () => seekTo(video, 0),
      End: () => seekTo(video, length),
    }),
  };
  // On a button, space is that button's own: the browser presses it.
  if ((event.target as Element).localName !== 'button') keys[' '] = toggle;
  else if (event.key === ' ') return event.stopPropagation();
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (!Object.hasOwn(keys, key)) return;
  event.preventDefault();
  // The host's own shortcuts are for what is outside.
  event.stopPropagation();
  keys[key]?.();
}
