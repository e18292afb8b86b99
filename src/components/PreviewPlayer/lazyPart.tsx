'use client';
import { type ComponentType, type ReactElement, useSyncExternalStore } from 'react';

/**
 * A part of the player that is fetched when it is first drawn, so that no page carries what it does not show. Without Suspense: a server draws what
 * stands in its place, and so does a browser until the part is there, or where it cannot be fetched.
 */
export function lazyPart<Props extends object>(
  fetchPart: () => Promise<ComponentType<Props>>,
  InPlace?: ComponentType<Props>,
): (props: Props) => ReactElement | null {
  let part: ComponentType<Props> | undefined;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    if (!part) {
      fetchPart().then(
        (fetched) => {
          part = fetched;
          for (const tell of listeners) tell();
        },
        () => {},
      );
    }
    return () => listeners.delete(listener);
  };
  return function LazyPart(props) {
    const Part = useSyncExternalStore(
      subscribe,
      () => part,
      () => undefined,
    );
    const Shown = Part ?? InPlace;
    return Shown ? <Shown {...props} /> : null;
  };
}
