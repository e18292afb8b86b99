import { type RefObject, useEffect, useRef } from 'react';

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
      if (!event.composedPath().includes(element.current) || !latest.current(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    view.addEventListener('keydown', press, true);
    return () => view.removeEventListener('keydown', press, true);
  }, [element, isOn]);
}
