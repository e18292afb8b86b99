/**
 * A callback ref that calls `attach` once for an element, however often React detaches and re-attaches it. React does that at every render where the ref
 * is an inline function, or is merged with one: `null` and the same element come within one commit. `attach` returns what undoes it, which is called
 * once the element has gone for good or another takes its place.
 */
export function heldRef(attach: (element: Element) => () => void): (element: Element | null) => void {
  let held: { element: Element; release: () => void } | null = null;
  let isDetached = true;
  const release = () => {
    held?.release();
    held = null;
  };
  return (element) => {
    isDetached = element === null;
    if (element === null) {
      // The rest of the commit runs before any microtask.
      queueMicrotask(() => isDetached && release());
      return;
    }
    if (held?.element === element) return;
    release();
    held = { element, release: attach(element) };
  };
}
