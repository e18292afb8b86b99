'use client';
import { hashKey, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import type { Container } from '../model/container.js';
import type { LayersError } from '../model/errors.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { useLayers } from '../provider/LayersContext.js';
import { containerOptions } from '../queries/containerOptions.js';
import { layersKeys } from '../queries/keys.js';
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
  const followed = useProgressIsFollowed(id);
  return useQuery(
    {
      ...containerOptions(client, id ?? '', { refetchInterval: followed ? false : options.refetchInterval }),
      enabled: Boolean(id) && (options.enabled ?? true),
    },
    queryClient,
  );
}

/** Whether some component already polls the progress of a container in flight. */
function useProgressIsFollowed(id: string | null | undefined): boolean {
  const { client, queryClient } = useLayers();
  const hash = hashKey(layersKeys.progress(client, id ?? ''));
  const subscribe = useCallback(
    (changed: () => void) => queryClient.getQueryCache().subscribe((event) => event.query.queryHash === hash && changed()),
    [queryClient, hash],
  );
  const followed = () => {
    const query = queryClient.getQueryCache().get<ContainerProgress>(hash);
    return query?.isActive() === true && query.state.status === 'success' && query.state.data?.isTerminal === false;
  };
  return useSyncExternalStore(subscribe, followed, () => false);
}
