'use client';
import { type ReactNode, useRef } from 'react';
import { useWords } from '../../provider/MessagesContext.js';
import type { SelectionBarProps } from './types.js';
import { useKeptFocus } from '../../internal/useKeptFocus.js';
import { gridWords } from './words.js';

interface PlainBarProps extends SelectionBarProps {
  actions: ((selectedIds: readonly string[]) => ReactNode) | undefined;
}

/** How many are selected, what can be done with them, and a button that selects none. */
export function SelectionBar({ selected, actions, onClear, onFocusLost }: PlainBarProps) {
  const { messages, locale } = useWords(gridWords);
  const root = useRef<HTMLDivElement>(null);
  const kept = useKeptFocus(root, { elsewhere: onFocusLost });
  if (selected.length === 0) return null;
  return (
    <div ref={root} data-part="selection" tabIndex={-1} {...kept}>
      <span data-part="count">{messages.gridSelected(selected.length, locale)}</span>
      {actions?.(selected)}
      <button type="button" data-part="clear" onClick={onClear}>
        {messages.gridClearSelection}
      </button>
    </div>
  );
}
