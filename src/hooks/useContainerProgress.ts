import type { UseQueryResult } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { useLayers } from '../provider/LayersContext.js';
import { type ContainerProgressOptions, containerProgressOptions } from '../queries/containerOptions.js';
import { type ProgressEndHandlers, tellEnd } from '../progress/ends.js';
import { type ReadHookOptions, useRead, withHookOptions } from './useRead.js';
import { useAwaitedEnd } from './useAwaitedEnd.js';
import { useProgressEnd } from './useProgressEnd.js';

/** Options of {@link useContainerProgress}. */
export interface UseContainerProgressOptions<Selected = ContainerProgress>
  extends ContainerProgressOptions,
    ProgressEndHandlers,
    ReadHookOptions<ContainerProgress, Selected> {
  /**
   * Polling while the page is hidden. `pause`: none. `slow`: once a minute until the container ends, so that `onComplete`, `onFail` and the document title work
   * in a background tab.
   * @default 'pause'
   */
  background?: 'pause' | 'slow' | undefined;
}

/**
 * A container's progress: stage, overall percentage and time left, polled every 2 s (5 s once a stage has lasted 30 s) until it ends. A read without changes
 * causes no render.
 *
 * @example
 * const { data: progress } = useContainerProgress(containerId);
 * return <ProgressBar progress={progress ?? null} />;
 *
 * @param id with or without `cnt_`; `null` and `undefined` read nothing
 */
export function useContainerProgress<Selected = ContainerProgress>(
  id: string | null | undefined,
  { refetchInterval, estimate, background = 'pause', onComplete, onFail, ...options }: UseContainerProgressOptions<Selected> = {},
): UseQueryResult<Selected, LayersError> {
  const layers = useLayers();
  useProgressEnd(layers, id, onComplete || onFail ? (progress) => tellEnd({ onComplete, onFail }, progress) : undefined);
  useAwaitedEnd(layers, options.enabled !== false && background === 'slow' ? id : null);
  return useRead<Selected>(layers, withHookOptions(containerProgressOptions(layers.client, id, { refetchInterval, estimate }), options));
}
