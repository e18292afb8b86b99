'use client';
import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { hasNoFocus } from '../../internal/dom.js';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import type { ContainerSummary } from '../../model/container.js';
import { nextIndex } from './gridKeys.js';

const TABBABLE =
  'a[href],button:not(:disabled),input:not(:disabled),select:not(:disabled),textarea:not(:disabled),summary,iframe,audio[controls],video[controls],[contenteditable]:not([contenteditable="false"]),[tabindex]';

/** What the Escape key closes. */
const OPEN =
  'dialog[open],[popover],[role="dialog"],[role="menu"],[role="listbox"],[aria-haspopup][aria-expanded="true"],[role="combobox"][aria-expanded="true"]';

interface GridFocusInput {
  grid: RefObject<HTMLElement | null>;
  containers: readonly ContainerSummary[];
  columns: number;
  isRightToLeft: boolean;
  initialId: string | null;
  pageRows: () => number;
  scrollToIndex: (index: number) => void;
}

/**
 * The grid is one stop of the Tab key: it reaches the active item, then what that item holds, then leaves. Keys move from item to item. The active item is
 * known by its id, so that it stays the same whatever is put in or taken out around it.
 */
export function useGridFocus({ grid, containers, columns, isRightToLeft, initialId, pageRows, scrollToIndex }: GridFocusInput) {
  const [last, setLast] = useState({ id: initialId, index: 0 });
  const before = useRef<HTMLSpanElement>(null);
  const after = useRef<HTMLSpanElement>(null);
  const moves = useRef(false);
  const hasFocus = useRef(false);
  const isTabbing = useTabbing(grid);

  const found = last.id === null ? -1 : containers.findIndex(({ id }) => id === last.id);
  if (found !== -1 && found !== last.index) setLast({ id: last.id, index: found });
  // What was active is gone: whatever took its place.
  const activeIndex = found === -1 ? Math.max(0, Math.min(last.index, containers.length - 1)) : found;
  const active = containers[activeIndex];
  const itemOf = (id: string | undefined) =>
    id === undefined ? undefined : ([...(grid.current?.children ?? [])] as HTMLElement[]).find(({ dataset }) => dataset.id === id);

  useIsomorphicLayoutEffect(() => {
    // Browsers say nothing when what has the focus is removed.
    const isLost = hasFocus.current && grid.current !== null && hasNoFocus(grid.current.ownerDocument);
    if (!moves.current && !isLost) return;
    moves.current = false;
    itemOf(active?.id)?.focus({ preventScroll: true });
  });

  const isAt = (element: Element) => element.parentElement === grid.current;
  /** The item around an element of the page; React tells of what a card has put elsewhere in the page, too, and a card may have rows of its own. */
  const itemAround = (element: Element): HTMLElement | null => {
    let around: Element | null = element;
    while (around && !isAt(around)) around = around.parentElement;
    return around as HTMLElement | null;
  };
  const moveTo = (index: number) => {
    const target = containers[index];
    if (!target) return;
    moves.current = true;
    setLast({ id: target.id, index });
    scrollToIndex(index);
    itemOf(target.id)?.focus({ preventScroll: true });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    const item = itemAround(target);
    if (!item || event.defaultPrevented) return;
    const isItem = target === item;
    if (event.key === 'Tab') {
      // The browser goes on from where the focus is put now.
      const inner = tabbableIn(item);
      if (event.shiftKey ? isItem : (inner.at(-1) ?? item) === target)
        (event.shiftKey ? before : after).current?.focus({ preventScroll: true });
      return;
    }
    if (!isItem) return;
    if (event.key === 'Enter') {
      handled(event);
      // As a click with the same keys held: a link opens in another tab with Ctrl.
      const { ctrlKey, metaKey, shiftKey } = event;
      const click = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true, ctrlKey, metaKey, shiftKey });
      item.querySelector('[data-part="open"]')?.dispatchEvent(click);
    } else if (event.key === 'F2') {
      handled(event);
      tabbableIn(item)[0]?.focus();
    } else {
      const place = { index: activeIndex, count: containers.length, columns, pageRows: pageRows(), isRightToLeft };
      const index = event.altKey ? null : nextIndex(event, place);
      if (index === null) return;
      handled(event);
      moveTo(index);
    }
  };
  /** From within an item back to it, unless something of the host's is open there that the key closes. */
  const escape = (target: Element): boolean => {
    const item = itemAround(target);
    const open = target.closest(OPEN);
    if (!item || item === target || (open !== null && item.contains(open))) return false;
    item.focus({ preventScroll: true });
    return true;
  };

  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    if (!grid.current?.contains(target)) return;
    hasFocus.current = true;
    const item = itemAround(target);
    const comesFromOutside = !grid.current?.contains(event.relatedTarget as Node | null);
    const isActive = item?.dataset.id === active?.id;
    // From outside the Tab key finds whatever comes first in the page; it means the active item.
    if (comesFromOutside && isTabbing() && (!isActive || target !== item)) itemOf(active?.id)?.focus();
    else if (item && !isActive) {
      const index = containers.findIndex(({ id }) => id === item.dataset.id);
      if (index !== -1) setLast({ id: item.dataset.id as string, index });
    }
  };
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    if (!grid.current?.contains(event.relatedTarget as Node | null)) hasFocus.current = false;
  };

  const focusActive = () => itemOf(active?.id)?.focus({ preventScroll: true });

  return { activeIndex, activeId: active?.id ?? null, before, after, moveTo, focusActive, escape, onKeyDown, onFocus, onBlur };
}

/** A key that did something here does nothing around it. */
export function handled(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
}

function tabbableIn(item: HTMLElement): HTMLElement[] {
  return [...item.querySelectorAll<HTMLElement>(TABBABLE)].filter((element) => element.tabIndex >= 0 && isShown(element));
}

/** Safari before 17.4 cannot tell what is hidden but takes up room. */
function isShown(element: HTMLElement): boolean {
  return element.checkVisibility?.({ visibilityProperty: true }) ?? element.getClientRects().length > 0;
}

/** Whether the focus that moves now is moved by the Tab key. */
function useTabbing(grid: RefObject<HTMLElement | null>): () => boolean {
  const tabbing = useRef(false);
  useEffect(() => {
    const page = grid.current?.ownerDocument;
    if (!page) return undefined;
    const hear = (event: Event) => {
      tabbing.current = event.type === 'keydown' && (event as globalThis.KeyboardEvent).key === 'Tab';
    };
    const types = ['keydown', 'keyup', 'pointerdown'] as const;
    for (const type of types) page.addEventListener(type, hear, true);
    return () => {
      for (const type of types) page.removeEventListener(type, hear, true);
    };
  }, [grid]);
  return () => tabbing.current;
}
