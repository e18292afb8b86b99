import { attempt } from './attempt.js';

/** Calls back when one of the elements changes its size. Returns what stops it; nothing happens where a browser (or jsdom) can't tell. */
export function watchSizes(elements: Iterable<Element>, changed: () => void): () => void {
  const observer = attempt(() => new ResizeObserver(changed));
  if (!observer) return () => {};
  for (const element of elements) observer.observe(element);
  return () => observer.disconnect();
}
