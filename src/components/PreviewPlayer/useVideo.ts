'use client';
import { type RefObject, useCallback, useRef } from 'react';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import type { MediaPhase } from './useMediaPhase.js';

interface VideoOptions {
  /** What to load; `null` while there is no element. */
  url: string | null;
  /** Plays as soon as there is something to play. */
  playsAtOnce: boolean;
  muted: boolean;
  report: (phase: MediaPhase) => void;
}

/**
 * Loads and plays a `<video>`, and lets go of it. The source is set here, not by React: an element that leaves the page goes on downloading until its
 * source is taken away, and under StrictMode the same element has to get it back.
 */
export function useVideo({ url, playsAtOnce, muted, report }: VideoOptions): {
  video: RefObject<HTMLVideoElement | null>;
  play: () => void;
} {
  const video = useRef<HTMLVideoElement>(null);
  const reported = useRef(report);
  useIsomorphicLayoutEffect(() => {
    reported.current = report;
  });

  // As a property: React leaves the attribute out of server HTML, and the attribute would not mute an element that is already there.
  useIsomorphicLayoutEffect(() => {
    if (video.current) video.current.muted = muted;
  }, [muted, url]);

  const play = useCallback(() => {
    const element = video.current;
    if (!element) return;
    reported.current('loading');
    element.play().catch(() => {
      // Refused (iOS in low power mode, say): the play button comes back. A source that fails says so by its own event; a taken one is nobody's concern.
      if (element.isConnected && element.hasAttribute('src') && !element.error) reported.current('idle');
    });
  }, []);

  const startsPlaying = useRef(playsAtOnce);
  useIsomorphicLayoutEffect(() => {
    startsPlaying.current = playsAtOnce;
  }, [playsAtOnce]);

  useIsomorphicLayoutEffect(() => {
    const element = video.current;
    if (!element || url === null) return;
    element.src = url;
    if (startsPlaying.current) play();
    return () => {
      element.pause();
      element.removeAttribute('src');
      element.load();
    };
  }, [url, play]);

  return { video, play };
}
