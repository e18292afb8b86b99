import { type RefObject, useEffect, useRef } from 'react';
import { focusedIn, hasNoFocus } from './dom.js';

/**
 * Hears the Escape key in an element before anybody around it: dialogs that the host builds close by the same key, and many hear it in the capture phase.
 *
 * @param escape what the key does here; `false`: nothing, so that it is the host's
 */
export function useEscape(element: RefObject<HTMLElement | null>, isOn: boolean, escape: (event: KeyboardEvent) => boolean): void {
  const latest = useRef(escape);
  useEffect(() => {
    latest.current = escape;
  });
  useEffect(() => {
    const view = element.current?.ownerDocument.defaultView;
    if (!isOn || !view) return undefined;
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented || !element.current) return;
      if (!isIn(element.current, event) || !latest.current(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    view.addEventListener('keydown', press, true);
    return () => view.removeEventListener('keydown', press, true);
  }, [element, isOn]);
}

/** Whether a key is pressed in an element; one that is modal has those of a page in which nothing has the focus, too. */
function isIn(element: HTMLElement, event: KeyboardEvent): boolean {
  if (event.composedPath().includes(element)) return true;
  // The path says nothing of what is inside a closed shadow root.
  const focused = focusedIn(element);
  return element.contains(focused) || (element.matches('dialog:modal') && hasNoFocus(element.ownerDocument));
}
