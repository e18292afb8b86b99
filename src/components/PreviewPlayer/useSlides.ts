'use client';
import { type RefObject, useEffect, useReducer, useRef } from 'react';
import { newObserver } from '../../internal/intersection.js';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';

/** The slides of a slideshow and where a person is in them. */
export interface Slides {
  /** Put on the element that scrolls; its children are the slides, each as wide as it. */
  scroller: RefObject<HTMLDivElement | null>;
  /** The slide in view, from 0. */
  index: number;
  /** Whether a slide is to be loaded: it is in view, next to it, or was. */
  isNear: (index: number) => boolean;
  goTo: (index: number) => void;
  /** The person scrolls by hand from here on. */
  onGrab: () => void;
}

interface Position {
  index: number;
  seen: ReadonlySet<number>;
}

/**
 * Follows and moves a row of slides that the browser scrolls and snaps by itself. Nothing is measured to lay it out.
 *
 * @param carousel where the keys count
 */
export function useSlides(count: number, carousel: RefObject<HTMLElement | null>): Slides {
  const scroller = useRef<HTMLDivElement>(null);
  const heading = useRef<number | null>(null);
  const [{ index, seen }, show] = useReducer(reach, { index: 0, seen: new Set([0]) });

  useEffect(() => {
    const row = scroller.current;
    if (!row) return;
    const inView = new Set<Element>();
    const observer = newObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) inView[isIntersecting ? 'add' : 'delete'](target);
        const [slide, another] = inView;
        // Before the stylesheet has come all slides are in view: that tells nothing.
        if (!slide || another) return;
        const reached = [...row.children].indexOf(slide);
        // On the way to a slide that was asked for, those in between are only passed.
        if (heading.current !== null && heading.current !== reached) return;
        heading.current = null;
        show(reached);
      },
      { root: row, threshold: 0.6 },
    );
    if (!observer) return;
    for (const slide of row.children) observer.observe(slide);
    return () => observer.disconnect();
  }, [count]);

  const goTo = (wanted: number) => {
    const row = scroller.current;
    const next = Math.min(count - 1, Math.max(0, wanted));
    if (!row || next === index) return;
    heading.current = next;
    show(next);
    row.scrollLeft = next * row.clientWidth * (isRightToLeft(row) ? -1 : 1);
  };

  const press = (event: KeyboardEvent) => {
    const forward = scroller.current && isRightToLeft(scroller.current) ? 'ArrowLeft' : 'ArrowRight';
    const back = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const targets: Record<string, number> = { [forward]: index + 1, [back]: index - 1, Home: 0, End: count - 1 };
    const target = targets[event.key];
    if (target === undefined || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    goTo(target);
  };
  // Heard by the element itself: what the host listens to around it comes before React's own events.
  const latest = useRef(press);
  useIsomorphicLayoutEffect(() => {
    latest.current = press;
  });
  useEffect(() => {
    const element = carousel.current;
    const hear = (event: KeyboardEvent) => latest.current(event);
    element?.addEventListener('keydown', hear);
    return () => element?.removeEventListener('keydown', hear);
  }, [carousel]);

  return {
    scroller,
    index,
    isNear: (slide) => Math.abs(slide - index) <= 1 || seen.has(slide),
    goTo,
    onGrab: () => {
      heading.current = null;
    },
  };
}

function reach(position: Position, index: number): Position {
  if (position.index === index) return position;
  return { index, seen: position.seen.has(index) ? position.seen : new Set([...position.seen, index]) };
}

function isRightToLeft(element: Element): boolean {
  return getComputedStyle(element).direction === 'rtl';
}
