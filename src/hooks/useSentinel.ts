'use client';
import { useEffect, useRef, useState } from 'react';
import { tellsIntersection, watchIntersection } from '../internal/intersection.js';

/** Calls back when an element comes into view, and again whenever `count` grew and it still is. */
export function useSentinel(count: number | undefined, seen: () => void): (element: Element | null) => void {
  const latest = useRef(seen);
  useEffect(() => {
    latest.current = seen;
  });
  const [sentinel] = useState(() => {
    let element: Element | null = null;
    let stop: (() => void) | undefined;
    // Watching anew has the browser say once more whether the element is in view: from the next frame on, when what was drawn is laid out.
    const watch = () => {
      stop?.();
      stop = undefined;
      const watched = element;
      if (watched === null || !tellsIntersection()) return;
      const frame = requestAnimationFrame(() => {
        stop = watchIntersection(watched, (isSeen) => isSeen && latest.current());
      });
      stop = () => cancelAnimationFrame(frame);
    };
    return {
      watch,
      ref: (next: Element | null) => {
        element = next;
        watch();
      },
    };
  });
  useEffect(() => {
    if (count !== undefined) sentinel.watch();
  }, [count, sentinel]);
  return sentinel.ref;
}
