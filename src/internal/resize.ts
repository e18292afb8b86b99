import { attempt } from './attempt.js';

/** Calls back when one of the elements, all of one document, changes its size. Returns what stops it; nothing happens where a browser (or jsdom) can't tell. */
export function watchSizes(elements: Iterable<Element>, changed: () => void): () => void {
  const watched = [...elements];
  // Of their own window: that of another page hears nothing while that page is hidden.
  const view = watched[0]?.ownerDocument.defaultView as (Window & typeof globalThis) | null | undefined;
  const observer = attempt(() => view && new view.ResizeObserver(changed));
  if (!observer) return () => {};
  for (const element of watched) observer.observe(element);
  return () => observer.disconnect();
}
