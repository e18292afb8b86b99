import type { UseQueryResult } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';
import { useLayers } from '../provider/LayersContext.js';
import { containerOptions } from '../queries/containerOptions.js';
import type { Container } from '../model/container.js';
import type { PollingOptions } from '../queries/readOptions.js';
import { type ReadHookOptions, useRead, withHookOptions } from './useRead.js';

/** Options of {@link useContainer}. */
export interface UseContainerOptions<Selected = Container> extends PollingOptions, ReadHookOptions<Container, Selected> {}

/**
 * One container, kept current until it is completed, failed or canceled. `data` is set as soon as anything is known, from a list, its progress or another tab;
 * `data.isPartial` is `true` until its record has been read. Status, approval and preview are always the same in every hook.
 *
 * @example
 * const { data: container, error } = useContainer('cnt_7d18b9a1-8b2c-4f3e-a4d5-6e7f8a9b0c1d');
 *
 * @param id with or without `cnt_`; `null` and `undefined` read nothing
 */
export function useContainer<Selected = Container>(
  id: string | null | undefined,
  { refetchInterval, ...options }: UseContainerOptions<Selected> = {},
): UseQueryResult<Selected, LayersError> {
  const layers = useLayers();
  return useRead<Selected>(layers, withHookOptions(containerOptions(layers.client, id, { refetchInterval }), options));
}
