'use client';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Container } from '../model/container.js';
import type { LayersError } from '../model/errors.js';
import { useLayers } from '../provider/LayersContext.js';
import { containerOptions } from '../queries/containerOptions.js';
import type { PollingOptions } from '../queries/polling.js';

/** Options of {@link useContainer}. */
export interface UseContainerOptions extends PollingOptions {
  /** `false`: reads nothing. @default true */
  enabled?: boolean | undefined;
}

/**
 * One container: its full record, read again at the documented cadence while it is in flight. Where `useContainerProgress` follows the same container,
 * that is the one that polls, and the record is read once more when it ends.
 *
 * @example
 * const { data: container, error } = useContainer('cnt_7d18b9a1-8b2c-4f3e-a4d5-6e7f8a9b0c1d');
 *
 * @param id with or without `cnt_`; `null` and `undefined` read nothing
 */
export function useContainer(id: string | null | undefined, options: UseContainerOptions = {}): UseQueryResult<Container, LayersError> {
  const { client, queryClient } = useLayers();
  const { enabled = true, ...rest } = options;
  return useQuery({ ...containerOptions(client, id ?? '', rest), enabled: Boolean(id) && enabled }, queryClient);
}
