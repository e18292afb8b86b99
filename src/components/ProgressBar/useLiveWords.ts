'use client';
import { useState } from 'react';
import { monotonicNow } from '../../internal/monotonicNow.js';
import { onTick } from '../../internal/ticker.js';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import { advanceBarTime, type BarTime } from './barTime.js';
import type { ProgressDescription } from './describeProgress.js';

/** What {@link useLiveWords} asks of a bar. */
export interface LiveWordsOptions {
  progress: ContainerProgress | null;
  /** The words at a time of the bar, at a moment of the page's clock (`null`: the moment of the reading). */
  describe: (time: BarTime | null, now: number | null) => ProgressDescription;
  /** Puts words in place where they are other than those that stand there. */
  write: (words: ProgressDescription) => void;
  /** The document that shows the bar, once it is drawn. */
  shownIn: () => Document | undefined;
  /** Whether the text includes the age of the data or the time of the next read. */
  asksFreshness: boolean;
}

/**
 * Keeps the number and the time on a bar right between two readings without a render: one timer for the page, and text is written only where the words change. What
 * it gives back is drawn from the reading alone, so that a server and a browser draw the same.
 */
export function useLiveWords({ progress, describe, write, shownIn, asksFreshness }: LiveWordsOptions): ProgressDescription {
  const [clock] = useState(() => new BarClock());
  const isLive = progress !== null && !progress.isTerminal;

  // After every render, since each may bring other words.
  useIsomorphicLayoutEffect(() => {
    const now = monotonicNow();
    clock.advance(isLive ? progress : null, now);
    write(describe(clock.time, now));
    if (!isLive) return undefined;
    return onTick(() => {
      const moment = monotonicNow();
      // Two hundred bars look once a second, and few of them have anything else to say.
      if (clock.advance(progress, moment) || asksFreshness) write(describe(clock.time, moment));
    }, shownIn());
  });

  return describe(isLive ? advanceBarTime(clock.time, progress, null) : null, null);
}

/** The time of one bar from reading to reading. */
class BarClock {
  time: BarTime | null = null;

  /** Moves on; whether the words are other than before. */
  advance(progress: ContainerProgress | null, now: number): boolean {
    const before = this.time;
    this.time = progress === null ? null : advanceBarTime(before, progress, now);
    return (
      before?.left !== this.time?.left ||
      before?.waited !== this.time?.waited ||
      Math.floor(before?.percent ?? -1) !== Math.floor(this.time?.percent ?? -1)
    );
  }
}
