'use client';
import { type FocusEvent, type RefObject, useEffect, useRef } from 'react';

/**
 * Keeps the focus of whoever works in an element when what had it goes (a button that did what it is for): it is `next` in the element's place, where
 * there is one, else the element itself, else, once that is gone too, what `elsewhere` gives it to.
 */
export function useKeptFocus(element: RefObject<HTMLElement | null>, { next, elsewhere }: { next?: string; elsewhere?: () => void } = {}) {
  const hasFocus = useRef(false);
  useEffect(() => {
    const { activeElement } = document;
    if (!hasFocus.current || (activeElement !== null && activeElement !== document.body)) return;
    const root = element.current;
    const target = next === undefined ? root : (root?.querySelector<HTMLElement>(next) ?? root);
    hasFocus.current = target !== null;
    if (target) target.focus({ preventScroll: true });
    else elsewhere?.();
  });
  return {
    onFocus: () => {
      hasFocus.current = true;
    },
    onBlur: (event: FocusEvent<HTMLElement>) => {
      if (!event.currentTarget.contains(event.relatedTarget)) hasFocus.current = false;
    },
  };
}
