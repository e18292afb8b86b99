import { attempt } from './attempt.js';

type Seen = (onScreen: boolean) => void;

interface Watcher {
  seen: Seen;
  /** What this watcher was last told; `null`: nothing yet. */
  told: boolean | null;
}

interface Watched {
  watchers: Set<Watcher>;
  /** What the browser last said of the element; `null`: nothing yet. */
  onScreen: boolean | null;
}

const elements = new WeakMap<Element, Watched>();
/** Windows whose constructor has thrown: it isn't called again. */
const broken = new WeakSet<object>();
/** One for each window: a page can show elements in one that it has opened. */
const observers = new WeakMap<object, IntersectionObserver>();
type View = Pick<typeof globalThis, 'IntersectionObserver'>;

/** A new observer; `undefined` in a browser that has none, or whose constructor throws. */
export const newObserver = (...given: ConstructorParameters<typeof IntersectionObserver>): IntersectionObserver | undefined =>
  newObserverIn(globalThis, ...given);

function newObserverIn(view: View, ...given: ConstructorParameters<typeof IntersectionObserver>): IntersectionObserver | undefined {
  const Observer = attempt(() => view.IntersectionObserver);
  if (typeof Observer !== 'function' || broken.has(Observer)) return undefined;
  try {
    return new Observer(...given);
  } catch {
    broken.add(Observer);
    return undefined;
  }
}

/** How far beyond the edge of the screen still counts as on it, so that what is about to scroll in is read in time. */
const MARGIN = '120px';

/** Whether this browser reports what is on screen. A browser whose `IntersectionObserver` cannot be constructed counts as having none. */
export const tellsIntersection = () => sharedObserver(globalThis) !== undefined;

/** What the browser last reported for an element; `null` where it has reported nothing. */
export const knownIntersection = (element: Element): boolean | null => elements.get(element)?.onScreen ?? null;

/**
 * Reports when an element comes onto the screen and when it leaves, through one observer for each window. An element can have several watchers. Each
 * is told the current state once the next frame is laid out, then every change.
 *
 * @returns stops this watcher and no other
 */
export function watchIntersection(element: Element, seen: Seen): () => void {
  const shared = sharedObserver(element.ownerDocument.defaultView ?? globalThis);
  if (!shared) return () => {};
  // Entries that are waiting describe an older layout, which is no news for a watcher that joins now.
  tell(shared.takeRecords());
  const watched: Watched = elements.get(element) ?? { watchers: new Set(), onScreen: null };
  elements.set(element, watched);
  const watcher: Watcher = { seen, told: null };
  watched.watchers.add(watcher);
  // Observing an element twice reports nothing new; observing it afresh does.
  shared.unobserve(element);
  shared.observe(element);
  return () => {
    watched.watchers.delete(watcher);
    if (watched.watchers.size === 0) shared.unobserve(element);
  };
}

function sharedObserver(view: View): IntersectionObserver | undefined {
  const known = observers.get(view) ?? newObserverIn(view, tell, { rootMargin: MARGIN });
  if (known) observers.set(view, known);
  return known;
}

function tell(entries: IntersectionObserverEntry[]): void {
  for (const { target, isIntersecting } of entries) {
    const watched = elements.get(target);
    // An element that nobody watches any more keeps what was known while somebody did.
    if (!watched || watched.watchers.size === 0) continue;
    watched.onScreen = isIntersecting;
    // A watcher may stop itself or another, and one that joins now waits for its own report.
    for (const watcher of [...watched.watchers]) {
      if (watcher.told === isIntersecting || !watched.watchers.has(watcher)) continue;
      watcher.told = isIntersecting;
      watcher.seen(isIntersecting);
    }
  }
}
