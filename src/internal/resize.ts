/** Calls back when one of the elements changes its size. Returns what stops it; nothing happens where a browser (or jsdom) can't tell. */
export function watchSizes(elements: Iterable<Element>, changed: () => void): () => void {
  if (typeof ResizeObserver !== 'function') return () => {};
  const observer = new ResizeObserver(changed);
  for (const element of elements) observer.observe(element);
  return () => observer.disconnect();
}
