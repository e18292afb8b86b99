'use client';
import type { ForwardedRef, ReactElement, ReactNode } from 'react';
import { type RootAttributes, type RootProps, renderElement } from '../internal/renderElement.js';

interface BadgeOptions<State> {
  /** The component's class name. */
  name: string;
  state: State;
  icon: ReactNode;
  word: string;
  props: RootProps<State> & RootAttributes;
  ref: ForwardedRef<HTMLSpanElement>;
}

/** A pill with an icon and a word. */
export function renderBadge<State extends object>({ name, state, icon, word, props, ref }: BadgeOptions<State>): ReactElement {
  const children = (
    <>
      {icon}
      <span data-part="word">{word}</span>
    </>
  );
  return renderElement('span', { name, state, ref: ref as ForwardedRef<never>, own: { children }, props });
}
