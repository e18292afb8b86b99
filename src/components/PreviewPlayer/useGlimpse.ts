'use client';
import { type FocusEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { attempt } from '../../internal/attempt.js';
import { prefersLessMotion } from '../../internal/motion.js';

/** How long a pointer has to stay before a video is loaded for it, in milliseconds: less is passing by. */
const DELAY_MS = 200;

/** Whether somebody points at a frame or has the focus in it, and wants to see it move. */
export function useGlimpse(isOn: boolean) {
  const [isGlimpsed, setGlimpsed] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const end = () => {
    clearTimeout(timer.current);
    setGlimpsed(false);
  };
  const begin = () => {
    clearTimeout(timer.current);
    const savesData = attempt(() => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData);
    if (savesData || prefersLessMotion()?.matches) return;
    timer.current = setTimeout(() => setGlimpsed(true), DELAY_MS);
  };
  const handlers = {
    // A finger that scrolls past points at nothing.
    onPointerEnter: (event: PointerEvent) => event.pointerType === 'mouse' && begin(),
    onPointerLeave: end,
    onFocus: (event: FocusEvent) => event.target.matches(':focus-visible') && begin(),
    onBlur: end,
  };
  return { isGlimpsed: isOn && isGlimpsed, handlers: isOn ? handlers : {} };
}
