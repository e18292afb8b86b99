import { type RefObject, useEffect, useRef } from 'react';
import { attempt } from './attempt.js';
import { focusedIn, hasNoFocus } from './dom.js';

interface Hearer {
  element: () => HTMLElement | null;
  /** What the key does here, where it was pressed; `false`: nothing, so that it is what is around it that may take it. */
  escape: (target: Element) => boolean;
}

/** Who hears the key in a window. One listener for all: the innermost takes it, whichever was there first. */
const hearers = new WeakMap<Window, Set<Hearer>>();

/**
 * Hears the Escape key in an element before anybody around it: dialogs that the host builds close by the same key, and many hear it in the capture phase.
 *
 * @param escape what the key does here; `false`: nothing, so that it is the host's. It is given the element that the key was pressed in, also where that is
 * in a shadow root.
 */
export function useEscape(element: RefObject<HTMLElement | null>, isOn: boolean, escape: Hearer['escape']): void {
  const latest = useRef(escape);
  useEffect(() => {
    latest.current = escape;
  });
  useEffect(() => {
    const view = element.current?.ownerDocument.defaultView;
    if (!isOn || !view) return undefined;
    return hear(view, { element: () => element.current, escape: (target) => latest.current(target) });
  }, [element, isOn]);
}

function hear(view: Window, hearer: Hearer): () => void {
  const here = hearers.get(view) ?? new Set();
  hearers.set(view, here);
  if (here.size === 0) view.addEventListener('keydown', press, true);
  here.add(hearer);
  return () => {
    here.delete(hearer);
    if (here.size === 0) view.removeEventListener('keydown', press, true);
  };
}

function press(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
  const path = event.composedPath();
  const around = [...(hearers.get(event.currentTarget as Window) ?? [])]
    .flatMap(({ element, escape }) => {
      const at = element();
      return at && isIn(at, event) ? { at, escape, depth: path.indexOf(at) } : [];
    })
    .sort((a, b) => a.depth - b.depth || (a.at.contains(b.at) ? 1 : -1));
  // The path says nothing of what is inside a closed shadow root.
  const targetIn = (at: Element, depth: number) => (depth === -1 ? (focusedIn(at) ?? at) : (path[0] as Element));
  if (!around.some(({ at, depth, escape }) => escape(targetIn(at, depth)))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Whether a key is pressed in an element; one that is modal has those of a page in which nothing has the focus, too. */
function isIn(element: HTMLElement, event: KeyboardEvent): boolean {
  if (event.composedPath().includes(element)) return true;
  const focused = focusedIn(element);
  const isModal = attempt(() => element.matches('dialog:modal')) === true;
  return element.contains(focused) || (isModal && hasNoFocus(element.ownerDocument));
}
