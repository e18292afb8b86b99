import { type RefObject, useEffect, useRef } from 'react';

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
  const depthOf = ({ element }: Hearer) => path.indexOf(element() as EventTarget);
  const around = [...(hearers.get(event.currentTarget as Window) ?? [])]
    .filter((hearer) => depthOf(hearer) !== -1)
    .sort((a, b) => depthOf(a) - depthOf(b));
  if (!around.some(({ escape }) => escape(path[0] as Element))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}
