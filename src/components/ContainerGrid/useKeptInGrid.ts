'use client';
import { type FocusEventHandler, type FocusEvent, useRef } from 'react';
import { useKeptFocus } from '../../internal/useKeptFocus.js';

interface Handlers {
  onFocus?: FocusEventHandler<HTMLDivElement> | undefined;
  onBlur?: FocusEventHandler<HTMLDivElement> | undefined;
}

/** Keeps the focus in a grid whose rows all go: the words that stand in their place have it, or else the grid's end. A host's own handlers are called too. */
export function useKeptInGrid({ onFocus, onBlur }: Handlers) {
  const root = useRef<HTMLDivElement>(null);
  const kept = useKeptFocus(root, { next: '[data-part="empty"],[data-part="foot"]' });
  const handlers = {
    onFocus: (event: FocusEvent<HTMLDivElement>) => {
      kept.onFocus(event);
      onFocus?.(event);
    },
    onBlur: (event: FocusEvent<HTMLDivElement>) => {
      kept.onBlur(event);
      onBlur?.(event);
    },
  };
  return { root, handlers };
}
