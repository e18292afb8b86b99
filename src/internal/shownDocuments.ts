/** Documents beside the page's own that show something of ours, such as those of windows that it has opened, and how many elements each holds. */
const others = new Map<Document, number>();
const listeners = new Set<() => void>();

/** Whether any document that shows something of ours is visible: a hidden page goes on while a window that it has opened is seen. `true` on a server. */
export const isShown = (): boolean => typeof document === 'undefined' || [document, ...others.keys()].some(isVisible);

/** A document of a window that was closed has no window. */
const isVisible = ({ visibilityState, defaultView }: Document) => visibilityState !== 'hidden' && defaultView !== null;

/** An element of this document shows something of ours. Returns what ends that. */
export function showIn(shown: Document): () => void {
  if (shown === document) return () => {};
  const count = others.get(shown) ?? 0;
  others.set(shown, count + 1);
  if (count === 0) {
    shown.addEventListener('visibilitychange', changed);
    changed();
  }
  return () => {
    const left = (others.get(shown) ?? 1) - 1;
    if (left > 0) return void others.set(shown, left);
    others.delete(shown);
    shown.removeEventListener('visibilitychange', changed);
    changed();
  };
}

/** Calls a listener when a document becomes visible or hidden, or another is added or removed. Returns what stops it. */
export function onShownChange(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', changed);
  listeners.add(listener);
  return () => {
    if (listeners.delete(listener) && listeners.size === 0) document.removeEventListener('visibilitychange', changed);
  };
}

function changed(): void {
  for (const listener of [...listeners]) listener();
}
