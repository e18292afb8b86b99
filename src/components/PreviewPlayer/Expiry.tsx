'use client';
import { useContext, useEffect, useRef, useState } from 'react';
import { watchIntersection } from '../../internal/intersection.js';
import { LONGEST_TIMER_MS } from '../../internal/longestTimer.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import { LayersContext } from '../../provider/LayersContext.js';

/** Addresses are renewed this long before they expire, in milliseconds. */
const AHEAD_MS = 30_000;
/** The shortest time between two renewals, in milliseconds, whatever the API says. */
const PAUSE_MS = 60_000;

interface ExpiryProps {
  /** The element that shows the media. */
  element: Element;
  /** ISO 8601. */
  expiresAt: string;
  isPlaying: boolean;
  renew: () => Promise<void>;
}

/**
 * Renews addresses before they expire, once for each date, while they are on the screen or playing; what is not waits until it is. A date that has passed by
 * the clock at hand, also after a renewal, is left to the media: clocks differ, and what has run out says so when it fails. Draws nothing.
 */
export function Expiry({ element, expiresAt, isPlaying, renew }: ExpiryProps): null {
  const schedule = useContext(LayersContext)?.client.schedule;
  const [isShown, setShown] = useState(false);
  const renewedAt = useRef<number | null>(null);
  const latest = useRef({ renew, schedule });
  useIsomorphicLayoutEffect(() => {
    latest.current = { renew, schedule };
  });

  useEffect(() => {
    const { ownerDocument: page } = element;
    let isOnScreen = false;
    const look = () => setShown(isOnScreen && page.visibilityState !== 'hidden');
    const stop = watchIntersection(element, (onScreen) => {
      isOnScreen = onScreen;
      look();
    });
    page.addEventListener('visibilitychange', look);
    return () => {
      stop();
      page.removeEventListener('visibilitychange', look);
    };
  }, [element]);

  const isInUse = isShown || isPlaying;
  useEffect(() => {
    const endsAt = Date.parse(expiresAt);
    if (!isInUse || Number.isNaN(endsAt)) return undefined;
    const now = latest.current.schedule?.serverNow() ?? Date.now();
    const last = renewedAt.current;
    if (last !== null && endsAt <= now) return undefined;
    const wait = Math.max(0, endsAt - AHEAD_MS - now, last === null ? 0 : last + PAUSE_MS - monotonicNow());
    if (wait > LONGEST_TIMER_MS) return undefined;
    const timer = setTimeout(() => {
      renewedAt.current = monotonicNow();
      void latest.current.renew();
    }, wait);
    return () => clearTimeout(timer);
  }, [expiresAt, isInUse]);
  return null;
}
