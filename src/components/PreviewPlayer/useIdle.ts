'use client';
import { type RefObject, useEffect, useState } from 'react';

/** How long what lies on a playing picture stays after the last movement, in milliseconds. */
const STAY_MS = 2500;

/** Where somebody may be about to press something. */
const SIGNS = ['pointerenter', 'pointermove', 'pointerdown', 'keydown', 'input'];

/** Whether nobody has done anything in a frame for a while, or their mouse has left it; only while it `isOn`. */
export function useIdle(frame: RefObject<HTMLElement | null>, isOn: boolean): boolean {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    const element = frame.current;
    if (!isOn || !element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rest = () => {
      clearTimeout(timer);
      setIdle(true);
    };
    const stir = () => {
      clearTimeout(timer);
      setIdle(false);
      timer = setTimeout(rest, STAY_MS);
    };
    const leave = ({ pointerType }: PointerEvent) => {
      // A finger leaves with every tap.
      if (pointerType === 'mouse') rest();
    };
    // Nobody is using the controls of a video that started by itself.
    if (element.matches(':hover, :focus-within')) stir();
    else rest();
    for (const sign of SIGNS) element.addEventListener(sign, stir);
    element.addEventListener('pointerleave', leave);
    return () => {
      clearTimeout(timer);
      setIdle(false);
      for (const sign of SIGNS) element.removeEventListener(sign, stir);
      element.removeEventListener('pointerleave', leave);
    };
  }, [frame, isOn]);
  return isOn && isIdle;
}
