'use client';
import { useState } from 'react';

/** Where one piece of media is: not asked for, loading, drawn, playing, paused, or failed. */
export type MediaPhase = 'idle' | 'loading' | 'ready' | 'playing' | 'paused' | 'error';

/** The life of the media in a frame. */
export interface MediaLife {
  phase: MediaPhase;
  /** Counts up at every {@link retry}; a part of the media's key, so that a new attempt starts from nothing. */
  attempt: number;
  report: (phase: MediaPhase) => void;
  retry: () => void;
}

/** Follows the media of `key`. What an earlier key reports, however late, never shows on a later one. */
export function useMediaPhase(key: string): MediaLife {
  const [life, setLife] = useState({ key, phase: 'idle' as MediaPhase, attempt: 0 });
  const isCurrent = life.key === key;
  const attempt = isCurrent ? life.attempt : 0;
  return {
    phase: isCurrent ? life.phase : 'idle',
    attempt,
    report: (phase) => setLife({ key, phase, attempt }),
    retry: () => setLife({ key, phase: 'idle', attempt: attempt + 1 }),
  };
}
