'use client';
import { useInsertionEffect } from 'react';
import { isElement, viewOf } from '../../internal/dom.js';

/** For how many frames a page that has grown is held. */
const HELD_FRAMES = 12;

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
    const before = held.map((element) => {
      const { style } = element as HTMLElement;
      const { overflowAnchor } = style;
      style.overflowAnchor = 'none';
      return () => void (style.overflowAnchor = overflowAnchor);
    });
    const free = () => {
      for (const restore of before) restore();
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
