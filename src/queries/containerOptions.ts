import type { LayersClient } from '../schedule/createLayersClient.js';
import type { Container } from '../model/container.js';
import { asEntry, type ContainerEntry, recordOf } from './entry.js';
import { layersKeys } from './keys.js';
import { type PollingOptions, readOptions } from './readOptions.js';
import type { LayersQueryOptions } from './types.js';

/**
 * TanStack Query options for one container, read until it is completed, failed or canceled. There is data as soon as anything is known of it, from a list,
 * a sweep or its progress (`isPartial`); the record is read when there is room, and once more when it ends.
 *
 * @example
 * const { data } = useQuery(containerOptions(client, id));
 * await queryClient.prefetchQuery(containerOptions(client, id));
 */
export function containerOptions(
  client: LayersClient,
  containerId: string,
  { refetchInterval }: PollingOptions = {},
): LayersQueryOptions<Container, Container, ReturnType<typeof layersKeys.container>> {
  return {
    ...readOptions(client, 'record', { id: containerId, wants: 'record', interval: refetchInterval }),
    queryKey: layersKeys.container(client, containerId),
    select: selectRecord,
  } as never;
}

/** The record in an entry. */
const selectRecord = (data: Container): Container => recordOf(asEntry(data, 0) as ContainerEntry);
