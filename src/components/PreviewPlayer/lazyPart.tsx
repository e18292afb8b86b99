'use client';
import { type ComponentType, type ReactElement, useSyncExternalStore } from 'react';

/** How long after the first failure a part is fetched again, in milliseconds; twice as long after each further one. */
const RETRY_MS = 5000;
const LONGEST_RETRY_MS = 60_000;

/** What takes the place of a part that isn't there. */
interface Substitutes<Props> {
  /** Until the part is there. @default nothing */
  before?: ComponentType<Props>;
  /** While it can't be fetched. @default the same */
  instead?: ComponentType<Props>;
}

/** A lazy part. `useIsMissing` tells a component that can do without it whether it can't be fetched, and fetches it only where it `isNeeded`. */
type LazyPart<Props> = ((props: Props) => ReactElement | null) & { useIsMissing: (isNeeded: boolean) => boolean };

/**
 * A part of the player that is fetched when it is first drawn, so that no page carries what it does not show. Without Suspense: a server draws what
 * stands in its place, and so does a browser until the part is there. One that can't be fetched is tried again while it is to be drawn: some browsers keep
 * such a failure until the page is loaded anew, so what takes its place has to do all the same.
 */
export function lazyPart<Props extends object>(
  fetchPart: () => Promise<ComponentType<Props>>,
  { before: Before, instead: Instead = Before }: Substitutes<Props> = {},
): LazyPart<Props> {
  let part: ComponentType<Props> | undefined;
  let isFetching = false;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  const get = () => {
    clearTimeout(retry);
    if (part || isFetching) return;
    isFetching = true;
    fetchPart()
      .then(
        (fetched) => {
          part = fetched;
          window.removeEventListener('online', get);
        },
        () => {
          failures += 1;
          if (listeners.size > 0) retry = setTimeout(get, Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** (failures - 1)));
        },
      )
      .finally(() => {
        isFetching = false;
        for (const tell of listeners) tell();
      });
  };
  const subscribe = (listener: () => void) => {
    if (listeners.size === 0 && !part) window.addEventListener('online', get);
    listeners.add(listener);
    get();
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      clearTimeout(retry);
      window.removeEventListener('online', get);
    };
  };
  const hasFailed = () => !part && failures > 0;

  function LazyPart(props: Props) {
    const Part = useSyncExternalStore(
      subscribe,
      () => part,
      () => undefined,
    );
    const isMissing = useSyncExternalStore(subscribe, hasFailed, never);
    // oxlint-disable-next-line react/static-components -- It is not made here: it is the same from the moment it is there.
    if (Part) return <Part {...props} />;
    if (isMissing) return Instead ? <Instead {...props} /> : null;
    return Before ? <Before {...props} /> : null;
  }
  return Object.assign(LazyPart, {
    useIsMissing: (isNeeded: boolean) => useSyncExternalStore(isNeeded ? subscribe : unheard, hasFailed, never) && isNeeded,
  });
}

const never = () => false;
const unheard = () => () => {};
