'use client';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { fullscreenIn, picturedIn } from '../../internal/dom.js';
import { tellsIntersection, watchIntersection } from '../../internal/intersection.js';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import { leaveSeat, spareSeat, takeSeat, type Wish, waitForSeat } from './liveVideos.js';

/**
 * Whether a frame may have a `<video>` now: somebody wants one, it is on the screen, and the page has not too many already.
 *
 * @param wish `null`: nobody wants one
 * @param isDrawn its first frame is drawn without it
 */
export function useSeat(frame: RefObject<HTMLElement | null>, wish: Wish | null, isDrawn: boolean): boolean {
  const [seen, setSeen] = useState<boolean | null>(null);
  const [isSeated, setSeated] = useState(false);
  const [calls, setCalls] = useState(0);
  const isWanted = wish !== null;
  // What a person has just clicked on is seen, also before the observer says so.
  const asks = isWanted && (seen ?? (wish === 3 || !tellsIntersection()));
  const seat = useRef({
    wish: 0 as Wish,
    leave: () => {
      setSeated(false);
      // What plays by itself waits for another seat; what a person started waits for the person.
      if (seat.current.wish < 3) setCalls((count) => count + 1);
    },
  });

  /** Whether React shows it: what waits for a sibling that suspends is hidden, and is to be as it was. */
  const isLaidOut = useRef(false);
  const watchAgain = useRef<(() => void) | null>(null);
  useIsomorphicLayoutEffect(() => {
    isLaidOut.current = true;
    // Where it is may have changed meanwhile.
    watchAgain.current?.();
    return () => {
      isLaidOut.current = false;
    };
  }, []);

  useEffect(() => {
    const element = frame.current;
    if (!isWanted || !element || !tellsIntersection()) return;
    const watch = () =>
      watchIntersection(element, (onScreen) => {
        if (isLaidOut.current) setSeen(onScreen || isShownElsewhere(element));
      });
    let stop = watch();
    const again = () => {
      stop();
      stop = watch();
    };
    watchAgain.current = again;
    // Off the screen it was seen in that window alone, whose end changes nothing on the screen.
    element.addEventListener('leavepictureinpicture', again);
    return () => {
      stop();
      element.removeEventListener('leavepictureinpicture', again);
      watchAgain.current = null;
      // On a route that is hidden and kept, what a person started waits for them, as off the screen.
      setSeen(element.isConnected && element.getClientRects().length === 0 ? false : null);
    };
  }, [frame, isWanted]);

  useIsomorphicLayoutEffect(() => {
    if (wish !== null) seat.current.wish = wish;
    spareSeat(seat.current, isDrawn && wish === 0);
  }, [wish, isDrawn]);

  useIsomorphicLayoutEffect(() => {
    const mine = seat.current;
    const isTaken = asks && takeSeat(mine);
    setSeated(isTaken);
    // A page that hides it for a moment takes its seat, and not the element that is to play on.
    if (isTaken) return () => leaveSeat(mine);
    return asks ? waitForSeat(() => setCalls((count) => count + 1)) : undefined;
    // Asked again when the wish has grown, and when a seat is free.
  }, [asks, wish, calls]);

  return isSeated && asks;
}

/** A video in a window of its own or on the whole screen is seen, wherever its frame is. */
function isShownElsewhere(frame: Element): boolean {
  return [fullscreenIn(frame), picturedIn(frame)].some((element) => element && (frame.contains(element) || element.contains(frame)));
}
