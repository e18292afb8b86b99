'use client';
import { type RefObject, useEffect, useState } from 'react';
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
 * Lets slides go by themselves: not while somebody points at them or has the focus in them, not on a hidden page, and not at all for who asked their
 * system for less motion. The button stops them for good.
 */
export function Rotation({ everyMs, index, advance, carousel, onMoving }: RotationProps) {
  const { messages } = useWords(playerPartWords);
  const [isOn, setOn] = useState(true);
  const [isFree, setFree] = useState(false);

  useEffect(() => {
    const row = carousel.current;
    if (!row) return;
    const motion = matchMedia('(prefers-reduced-motion: reduce)');
    let isPointedAt = row.matches(':hover');
    let hasFocus = row.contains(document.activeElement);
    const look = (event?: Event) => {
      if (event?.type.startsWith('pointer')) isPointedAt = event.type === 'pointerenter';
      if (event instanceof FocusEvent) hasFocus = event.type === 'focusin' || row.contains(event.relatedTarget as Node | null);
      setFree(!motion.matches && document.visibilityState === 'visible' && !isPointedAt && !hasFocus);
    };
    look();
    const events = ['pointerenter', 'pointerleave', 'focusin', 'focusout'];
    for (const event of events) row.addEventListener(event, look);
    motion.addEventListener('change', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      for (const event of events) row.removeEventListener(event, look);
      motion.removeEventListener('change', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [carousel]);

  const isMoving = isOn && isFree;
  useEffect(() => {
    onMoving(isMoving);
    if (!isMoving) return;
    const timer = setTimeout(advance, everyMs);
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
