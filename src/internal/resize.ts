/** Calls back when one of the elements, all of one document, changes its size. Returns what stops it; nothing happens where a browser (or jsdom) can't tell. */
export function watchSizes(elements: Iterable<Element>, changed: () => void): () => void {
  const watched = [...elements];
  // Of their own window: that of another page hears nothing while that page is hidden.
  const view = watched[0]?.ownerDocument.defaultView as (Window & typeof globalThis) | null | undefined;
  if (typeof view?.ResizeObserver !== 'function') return () => {};
  const observer = new view.ResizeObserver(changed);
  for (const element of watched) observer.observe(element);
  return () => observer.disconnect();
}
