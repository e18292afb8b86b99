'use client';
import { useEffect, useState } from 'react';
import { heldRef } from '../internal/heldRef.js';
import { tellsIntersection, watchIntersection } from '../internal/intersection.js';

/** Calls `seen` when an element scrolls into view, and again when `count` changes while it is in view. */
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
  // Observing again makes the browser report visibility once more, from the next frame on, when new rows are laid out.
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
