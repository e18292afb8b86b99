'use client';
import { useCallback, useRef, useState } from 'react';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import { attachSource, playQuietly, seekWhenReady } from './attachSource.js';
import { standStill } from './liveVideos.js';
import type { PreviewPlayerError } from './mediaSettings.js';
import type { VideoSources } from './mediaFile.js';
import type { MediaLife, Place } from './useMediaPhase.js';

interface VideoOptions {
  /** There is an element, and it is to have a source. */
  isMounted: boolean;
  sources: VideoSources;
  /** Plays as soon as there is something to play. */
  playsAtOnce: boolean;
  muted: boolean;
  /** Nobody has asked for it yet: browsers let it begin only without its sound. */
  startsMuted: boolean;
  /** Somebody asked for it, so that its place is worth keeping and its failures worth telling. */
  isWanted: boolean;
  /** Draws the first frame of a video that does not play yet, which iOS leaves blank otherwise. */
  drawsFirstFrame: boolean;
  life: MediaLife;
  /** The browser does not let it play by itself. */
  onRefused: () => void;
  /** There is nothing left to play. */
  onFailed: (reason: PreviewPlayerError['reason']) => void;
}

/**
 * Loads and plays a `<video>`, and lets go of it. The source is set here, not by React: an element that leaves the page goes on downloading until its
 * source is taken away, and under StrictMode the same element has to get it back. Addresses that change meanwhile wait until the next one is needed.
 */
export function useVideo(options: VideoOptions) {
  const { isMounted, muted, life } = options;
  const video = useRef<HTMLVideoElement>(null);
  const [renewals, setRenewals] = useState(0);
  const latest = useRef(options);
  useIsomorphicLayoutEffect(() => {
    latest.current = options;
  });

  // As a property: React leaves the attribute out of server HTML, and the attribute would not mute an element that is already there.
  useIsomorphicLayoutEffect(() => {
    if (video.current) video.current.muted = latest.current.muted || latest.current.startsMuted;
  }, [isMounted]);
  const mutedBefore = useRef(muted);
  useIsomorphicLayoutEffect(() => {
    if (mutedBefore.current !== muted && video.current) video.current.muted = muted || !latest.current.isWanted;
    mutedBefore.current = muted;
  }, [muted]);

  const play = useCallback(() => {
    const element = video.current;
    if (!element) return;
    playQuietly(element, (error) => {
      // A source that fails says so by its own event, and one that was taken away is nobody's concern.
      if ((error as Partial<DOMException> | null)?.name === 'NotAllowedError') latest.current.onRefused();
    });
  }, []);

  useIsomorphicLayoutEffect(() => {
    const element = video.current;
    if (!isMounted || !element) return;
    const { place } = life;
    const { sources, playsAtOnce, isWanted, drawsFirstFrame } = latest.current;
    let wantsPlay = playsAtOnce && !(isWanted && place.current?.paused);
    if (place.current) restore(element, place.current);
    // However a person left it: a glimpse moves, and is not heard.
    if (!isWanted) element.muted = true;
    const startAt = drawsFirstFrame && !place.current && sources.mp4 && !sources.mp4.includes('#') ? '#t=0.001' : '';
    const detach = attachSource(
      element,
      { ...sources, mp4: sources.mp4 && sources.mp4 + startAt },
      {
        attached: () => {
          if (wantsPlay || !element.paused) play();
          wantsPlay = false;
        },
        stopped: () => latest.current.isWanted && latest.current.life.report('paused'),
        unsupported: () => {
          element.pause();
          latest.current.onFailed('unsupported');
        },
        failed: (url, wasPlaying) => {
          if (latest.current.isWanted) {
            place.current = placeOf(element, place.current, wasPlaying || wantsPlay, latest.current.startsMuted);
            latest.current.life.report('loading');
          }
          void latest.current.life.renew(url?.replace(startAt, '') ?? null).then((isRenewed) => {
            if (video.current !== element) return;
            if (isRenewed) setRenewals((count) => count + 1);
            else latest.current.onFailed('failed');
          });
        },
      },
    );
    return () => {
      // Of one that has failed, its place was kept when it did.
      const { isWanted: isLeft, startsMuted } = latest.current;
      if (isLeft && !element.error) place.current = placeOf(element, place.current, false, startsMuted);
      standStill(element);
      detach();
    };
  }, [isMounted, renewals, life.place, play]);

  const start = useCallback(() => {
    const element = video.current;
    const { life: now, isWanted, muted: isMuted } = latest.current;
    const before = now.place.current;
    const isMute = before && !before.isHushed ? before.muted : isMuted;
    if (before) now.place.current = { ...before, paused: false, muted: isMute, isHushed: false };
    if (!element) return;
    if (!isWanted) {
      // So far it was a first frame or a glimpse: the real thing begins, with its sound, and says so.
      element.pause();
      element.muted = isMute;
    }
    play();
  }, [play]);

  const pause = useCallback(() => {
    const element = video.current;
    const { place, report } = latest.current.life;
    element?.pause();
    // Where its address is renewed it goes on only when it is asked to.
    if (place.current) place.current = { ...place.current, paused: true };
    // A video that has failed fires no `pause` event.
    if (element?.error) report('paused');
  }, []);

  return { video, play, start, pause };
}

/** Where a video is; before it has come anywhere, where it was to go. */
function placeOf(element: HTMLVideoElement, before: Place | null, wantsPlay: boolean, startsMuted: boolean): Place | null {
  const { currentTime, paused, muted, volume, playbackRate, ended, readyState } = element;
  if (readyState === 0 && element.error === null && before) return before;
  const time = readyState === 0 && currentTime === 0 ? (before?.time ?? 0) : ended ? 0 : currentTime;
  return { time, paused: paused && !wantsPlay, muted, isHushed: muted && startsMuted, volume, rate: playbackRate };
}

function restore(element: HTMLVideoElement, { time, muted, volume, rate }: Place): void {
  Object.assign(element, { muted, volume, defaultPlaybackRate: rate, playbackRate: rate });
  if (time > 0) seekWhenReady(element, time);
}
