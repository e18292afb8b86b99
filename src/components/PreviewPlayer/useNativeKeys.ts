'use client';
import { type RefObject, useEffect } from 'react';

/** Keys by which the browser's own controls move a video: those are not the host's as well. */
const NATIVE_KEYS = new Set([' ', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End']);

/** Keeps the keys of the browser's own controls from what is around them. */
export function useNativeKeys(video: RefObject<HTMLVideoElement | null>, isNative: boolean): void {
  useEffect(() => {
    const element = video.current;
    if (!isNative || !element) return;
    const press = (event: KeyboardEvent) => {
      const { key, altKey, ctrlKey, metaKey } = event;
      if (NATIVE_KEYS.has(key) && !altKey && !ctrlKey && !metaKey) event.stopPropagation();
    };
    element.addEventListener('keydown', press);
    return () => element.removeEventListener('keydown', press);
  }, [video, isNative]);
}
