'use client';
import { type RefObject, useState } from 'react';

/** Where one piece of media is: not asked for, loading, drawn, playing, paused, or failed. */
export type MediaPhase = 'idle' | 'loading' | 'ready' | 'playing' | 'paused' | 'error';

/** Where a person was in a video whose element is gone or gets a new source. */
export interface Place {
  /** Seconds. */
  time: number;
  paused: boolean;
  muted: boolean;
  /** Muted because nobody had asked for it, and not by the person. */
  isHushed: boolean;
  volume: number;
  rate: number;
}

/** The life of the media in a frame. */
export interface MediaLife {
  phase: MediaPhase;
  /** Counts up at every {@link retry}; a part of the media's key, so that a new attempt starts from nothing but its place. */
  attempt: number;
  /** Outlives the element and the attempt. */
  place: RefObject<Place | null>;
  /** An error stays until it is tried again. */
  report: (phase: MediaPhase) => void;
  retry: () => void;
  /** Asks for new addresses after a failure; `false`: there are none to try, or they were asked for less than a minute ago. */
  renew: (failed: string | null) => Promise<boolean>;
}

/** Follows the media of `key`. What an earlier key or attempt reports, however late, never shows on a later one. */
export function useMediaPhase(key: string): Omit<MediaLife, 'renew'> {
  const [life, setLife] = useState(() => newLife(key));
  const current = life.key === key ? life : newLife(key);
  if (current !== life) setLife(current);
  const { phase, attempt, place } = current;
  const change = (next: Partial<typeof life>, unless?: MediaPhase) =>
    setLife((now) => (now.key === key && now.attempt === attempt && now.phase !== unless ? { ...now, ...next } : now));
  return {
    phase,
    attempt,
    place,
    // A video that fails sends its `pause` event afterwards: it stays failed.
    report: (reported) => change({ phase: reported }, 'error'),
    retry: () => change({ phase: 'idle', attempt: attempt + 1 }),
  };
}

const newLife = (key: string) => ({ key, phase: 'idle' as MediaPhase, attempt: 0, place: { current: null as Place | null } });
