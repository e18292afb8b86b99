'use client';
import { useInsertionEffect } from 'react';
import { isElement, viewOf } from '../../internal/dom.js';

/** For how many frames a page that has grown is held. */
const HELD_FRAMES = 12;

/** How many grids hold an element, and the host's own value of its style. */
const holds = new WeakMap<HTMLElement, { grids: number; overflowAnchor: string }>();

/** Switches scroll anchoring off in an element. Returns what gives it back, once no other grid holds the element. */
function hold(element: HTMLElement): () => void {
  const held = holds.get(element) ?? { grids: 0, overflowAnchor: element.style.overflowAnchor };
  holds.set(element, held);
  held.grids += 1;
  element.style.overflowAnchor = 'none';
  return () => {
    held.grids -= 1;
    if (held.grids > 0) return;
    holds.delete(element);
    element.style.overflowAnchor = held.overflowAnchor;
  };
}

/**
 * What comes at the end moves nothing: a browser that keeps what it shows in its place would hold the foot there, scroll past what has come, and be at the end
 * again.
 *
 * @param shape another one when the grid, or what stands below its rows, is as high as it was no more
 */
export function useHeldScroll(scroller: Element | Window | undefined, shape: string): void {
  // Before any layout effect: whichever first asks for a size has the browser scroll.
  useInsertionEffect(() => {
    const view = scroller && viewOf(scroller);
    if (!scroller || !view) return undefined;
    // Chromium holds a page by an absolutely positioned element also where the root forbids that.
    const held = isElement(scroller) ? [scroller] : [scroller.document.documentElement, scroller.document.body];
    let restores = held.map((element) => hold(element as HTMLElement));
    const free = () => {
      for (const restore of restores) restore();
      restores = [];
    };
    let frame = 0;
    const release = (left: number) => {
      frame = view.requestAnimationFrame(() => (left > 1 ? release(left - 1) : free()));
    };
    release(HELD_FRAMES);
    return () => {
      view.cancelAnimationFrame(frame);
      free();
    };
  }, [scroller, shape]);
}
