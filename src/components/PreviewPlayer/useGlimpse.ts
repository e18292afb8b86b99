'use client';
import { type FocusEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import { prefersLessData, prefersLessMotion } from '../../internal/motion.js';

/** How long a pointer has to stay before a video is loaded for it, in milliseconds: less is passing by. */
const DELAY_MS = 200;

/** Whether somebody points at a frame, or has the focus in it or on the item that holds it, and wants to see it move. */
export function useGlimpse(frame: RefObject<HTMLElement | null>, isOn: boolean) {
  const [isGlimpsed, setGlimpsed] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const end = () => {
    clearTimeout(timer.current);
    setGlimpsed(false);
  };
  const begin = () => {
    clearTimeout(timer.current);
    if (prefersLessData() || prefersLessMotion()?.matches) return;
    timer.current = setTimeout(() => setGlimpsed(true), DELAY_MS);
  };
  const latest = useRef({ begin, end });
  useIsomorphicLayoutEffect(() => {
    latest.current = { begin, end };
  });
  // Once a person has started it, or its route is hidden, nobody hears when it ends: it ends with that.
  useEffect(() => () => latest.current.end(), [isOn]);
  useEffect(() => {
    // Keys move the focus from item to item of a list, not to what is inside them.
    const item = frame.current?.closest<HTMLElement>('[role="row"], [role="option"], [role="listitem"], li');
    if (!isOn || !item) return;
    const look = ({ type, target }: Event) => {
      if (target !== item) return;
      if (type === 'focusin' && item.matches(':focus-visible')) latest.current.begin();
      if (type === 'focusout') latest.current.end();
    };
    for (const event of ['focusin', 'focusout']) item.addEventListener(event, look);
    // It has been given the focus as it came.
    if (item.matches(':focus-visible')) latest.current.begin();
    return () => {
      for (const event of ['focusin', 'focusout']) item.removeEventListener(event, look);
    };
  }, [frame, isOn]);
  const handlers = {
    // A finger that scrolls past points at nothing.
    onPointerEnter: (event: PointerEvent) => event.pointerType === 'mouse' && begin(),
    onPointerLeave: end,
    onFocus: (event: FocusEvent) => event.target.matches(':focus-visible') && begin(),
    onBlur: end,
  };
  return { isGlimpsed: isOn && isGlimpsed, handlers: isOn ? handlers : {} };
}
