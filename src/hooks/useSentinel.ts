'use client';
import { useEffect, useState } from 'react';
import { heldRef } from '../internal/heldRef.js';
import { tellsIntersection, watchIntersection } from '../internal/intersection.js';

/** Calls back when an element comes into view, and again whenever `count` grew and it still is. */
export function useSentinel(count: number | undefined, seen: () => void): (element: Element | null) => void {
  const [sentinel] = useState(createSentinel);
  useEffect(() => sentinel.callBack(seen));
  useEffect(() => {
    if (count !== undefined) sentinel.watch();
  }, [count, sentinel]);
  return sentinel.ref;
}

function createSentinel() {
  let element: Element | null = null;
  let seen: (() => void) | undefined;
  let stop: (() => void) | undefined;
  // Watching afresh makes the browser report once more whether the element is in view: from the next frame on, when new rows are laid out.
  const watch = () => {
    stop?.();
    stop = undefined;
    const watched = element;
    if (watched === null || !tellsIntersection()) return;
    const frame = requestAnimationFrame(() => {
      stop = watchIntersection(watched, (isSeen) => isSeen && seen?.());
    });
    stop = () => cancelAnimationFrame(frame);
  };
  const hold = (next: Element | null) => {
    element = next;
    watch();
  };
  return {
    watch,
    callBack: (latest: () => void) => {
      seen = latest;
    },
    ref: heldRef((next) => {
      hold(next);
      return () => hold(null);
    }),
  };
}
