'use client';
import { type FocusEvent, type RefObject, useEffect, useRef } from 'react';
import { hasNoFocus } from './dom.js';

/**
 * Keeps the focus of whoever works in an element when what had it goes (a button that did what it is for): it is `next` in the element's place, where
 * there is one, else the element itself, else, once that is gone too, what `elsewhere` gives it to.
 */
export function useKeptFocus(element: RefObject<HTMLElement | null>, { next, elsewhere }: { next?: string; elsewhere?: () => void } = {}) {
  /** The document in which the focus was in it last; `null`: it has left. */
  const focused = useRef<Document | null>(null);
  useEffect(() => {
    const root = element.current;
    if (!focused.current || !hasNoFocus(focused.current)) return;
    const target = next === undefined ? root : (root?.querySelector<HTMLElement>(next) ?? root);
    focused.current = target?.ownerDocument ?? null;
    if (target) target.focus({ preventScroll: true });
    else elsewhere?.();
  });
  return {
    onFocus: ({ currentTarget }: FocusEvent<HTMLElement>) => {
      focused.current = currentTarget.ownerDocument;
    },
    onBlur: (event: FocusEvent<HTMLElement>) => {
      if (!event.currentTarget.contains(event.relatedTarget)) focused.current = null;
    },
  };
}
