'use client';
import { type FocusEvent, type FocusEventHandler, type RefObject, useEffect, useRef } from 'react';
import { hasNoFocus } from './dom.js';

interface Kept {
  next?: string | undefined;
  elsewhere?: (() => void) | undefined;
}

interface Handlers<Root> {
  onFocus?: FocusEventHandler<Root> | undefined;
  onBlur?: FocusEventHandler<Root> | undefined;
}

/**
 * Keeps the focus of whoever works in an element when what had it goes (a button that did what it is for): it is `next` in the element's place, where
 * there is one, else the element itself, else, once that is gone too, what `elsewhere` gives it to.
 */
export function useKeptFocus(element: RefObject<HTMLElement | null>, { next, elsewhere }: Kept = {}) {
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

/** {@link useKeptFocus} for a component's root element. A host's own handlers are called too. */
export function useKeptRoot<Root extends HTMLElement>({ onFocus, onBlur }: Handlers<Root>, next?: string) {
  const root = useRef<Root>(null);
  const kept = useKeptFocus(root, { next });
  const handlers = {
    onFocus: (event: FocusEvent<Root>) => {
      kept.onFocus(event);
      onFocus?.(event);
    },
    onBlur: (event: FocusEvent<Root>) => {
      kept.onBlur(event);
      onBlur?.(event);
    },
  };
  return { root, handlers };
}
