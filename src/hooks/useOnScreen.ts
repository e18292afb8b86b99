'use client';
import { useCallback, useRef, useState } from 'react';
import { tellsIntersection, watchIntersection } from '../internal/intersection.js';
import { containerKey } from '../model/ids.js';
import { useLayers } from '../provider/LayersContext.js';

/**
 * A ref for the element that shows a container: while it is off screen, the container's stage and share are not read, and its status comes from one
 * list read for the whole project. The components of this library do this by themselves; a container that nothing says anything of counts as on screen.
 *
 * @example
 * const ref = useOnScreen(container.id);
 * return <li ref={ref}>…</li>;
 */
export function useOnScreen(containerId: string | null | undefined): (element: Element | null) => void {
  const { visibility } = useLayers().client.reads;
  const [component] = useState(() => ({}));
  const withdraw = useRef<(() => void) | null>(null);

  return useCallback(
    (element: Element | null) => {
      withdraw.current?.();
      withdraw.current = null;
      if (!element || !containerId || !tellsIntersection()) return;
      const key = containerKey(containerId);
      const forget = visibility.show(key, component, false);
      const stop = watchIntersection(element, (onScreen) => visibility.show(key, component, onScreen));
      withdraw.current = () => {
        stop();
        forget();
      };
    },
    [visibility, component, containerId],
  );
}
