'use client';
import { useMemo } from 'react';
import { heldRef } from '../internal/heldRef.js';
import { knownIntersection, tellsIntersection, watchIntersection } from '../internal/intersection.js';
import { showIn } from '../internal/shownDocuments.js';
import { useLayers } from '../provider/LayersContext.js';

/**
 * A ref for the element that shows a container. While the element is off screen, the container isn't polled individually: its status comes from one list read
 * for the whole project. The components of this library already use it. A container without such an element counts as on screen.
 *
 * The ref can also be called from an inline ref: `ref={(element) => { mine.current = element; onScreen(element); }}`.
 *
 * @example
 * const ref = useOnScreen(container.id);
 * return <li ref={ref}>…</li>;
 */
export function useOnScreen(containerId: string | null | undefined): (element: Element | null) => void {
  const { client } = useLayers();

  return useMemo(
    () =>
      heldRef((element) => {
        if (!containerId || !tellsIntersection()) return () => {};
        const token = {};
        const show = (onScreen: boolean) => client.schedule.show(containerId, token, onScreen);
        const leave = showIn(element.ownerDocument);
        let withdraw = show(knownIntersection(element) ?? false);
        const stop = watchIntersection(element, (onScreen) => {
          withdraw = show(onScreen);
        });
        return () => {
          stop();
          withdraw();
          leave();
        };
      }),
    [client, containerId],
  );
}
