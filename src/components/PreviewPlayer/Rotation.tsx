'use client';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { focusedIn } from '../../internal/dom.js';
import { tellsIntersection, watchIntersection } from '../../internal/intersection.js';
import { LONGEST_TIMER_MS } from '../../internal/longestTimer.js';
import { prefersLessMotion } from '../../internal/motion.js';
import { useWords } from '../../provider/MessagesContext.js';
import { PauseIcon, PlayIcon } from '../icons.js';
import { playerPartWords } from './partWords.js';

interface RotationProps {
  /** How long a slide stays, in milliseconds. */
  everyMs: number;
  /** The slide in view; one that is reached by hand stays its time as well. */
  index: number;
  advance: () => void;
  /** While the pointer or the focus is in it, nothing moves. */
  carousel: RefObject<HTMLElement | null>;
  onMoving: (isMoving: boolean) => void;
}

/**
 * Moves on to the next slide after a while. It pauses while somebody points at the slides or has the focus in them, while the page is hidden, and while they are
 * off the screen; it never moves for a person who asked their system for less motion. The button stops it for good.
 */
export function Rotation({ everyMs, index, advance, carousel, onMoving }: RotationProps) {
  const { messages } = useWords(playerPartWords);
  const [isOn, setOn] = useState(true);
  const [isFree, setFree] = useState(false);
  /** The same at this very moment: a render may come after the next slide is due. */
  const free = useRef(false);

  useEffect(() => {
    const row = carousel.current;
    if (!row) return;
    const page = row.ownerDocument;
    const motion = prefersLessMotion();
    let isOnScreen = !tellsIntersection();
    let isPointedAt = row.matches(':hover');
    let hasFocus = row.contains(focusedIn(row));
    const look = (event?: Event) => {
      if (event?.type.startsWith('pointer')) isPointedAt = event.type === 'pointerenter';
      if (event?.type.startsWith('focus'))
        hasFocus = event.type === 'focusin' || row.contains((event as FocusEvent).relatedTarget as Node | null);
      free.current = !motion?.matches && page.visibilityState === 'visible' && isOnScreen && !isPointedAt && !hasFocus;
      setFree(free.current);
    };
    look();
    const events = ['pointerenter', 'pointerleave', 'focusin', 'focusout'];
    for (const event of events) row.addEventListener(event, look);
    motion?.addEventListener('change', look);
    page.addEventListener('visibilitychange', look);
    const stopWatching = watchIntersection(row, (onScreen) => {
      isOnScreen = onScreen;
      look();
    });
    return () => {
      for (const event of events) row.removeEventListener(event, look);
      motion?.removeEventListener('change', look);
      page.removeEventListener('visibilitychange', look);
      stopWatching();
    };
  }, [carousel]);

  const isMoving = isOn && isFree;
  useEffect(() => {
    onMoving(isMoving);
    if (!isMoving) return;
    const timer = setTimeout(() => free.current && advance(), Math.min(everyMs, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- The functions are new at every render; a slide stays its time all the same.
  }, [isMoving, everyMs, index]);

  return (
    <button
      type="button"
      data-part="rotation"
      aria-label={isOn ? messages.stopRotation : messages.startRotation}
      onClick={() => setOn(!isOn)}
    >
      {isOn ? <PauseIcon size={14} /> : <PlayIcon size={14} />}
    </button>
  );
}
