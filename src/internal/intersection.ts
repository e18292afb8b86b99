type Seen = (onScreen: boolean) => void;

const watchers = new WeakMap<Element, Seen>();
let observer: IntersectionObserver | undefined;

/** How far beyond the edge of the screen still counts as on it: what is about to scroll in is read in time. */
const MARGIN = '120px';

/** Whether this browser tells what is on screen. */
export const tellsIntersection = () => typeof IntersectionObserver === 'function';

/** Tells when an element comes onto the screen and when it goes, by one observer for the whole page. Returns what stops it. */
export function watchIntersection(element: Element, seen: Seen): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) watchers.get(target)?.(isIntersecting);
    },
    { rootMargin: MARGIN },
  );
  watchers.set(element, seen);
  observer.observe(element);
  return () => {
    watchers.delete(element);
    observer?.unobserve(element);
  };
}
