import type { LayersClient } from '../client/LayersClient.js';
import type { Container } from '../model/container.js';
import { isTerminalStatus } from '../model/status.js';
import { inFlightDelay } from './cadence.js';
import { layersKeys } from './keys.js';
import { millisecondsInStage } from './polledQuery.js';
import { type PollingOptions, pollingOptions } from './polling.js';
import type { LayersQueryOptions } from './types.js';

/**
 * TanStack Query options for one container: its full record, read again at the documented cadence until it is completed, failed or canceled.
 * The record has no stage, so the 30 s after which the cadence slows are counted in one status.
 *
 * @example
 * const { data } = useQuery(containerOptions(client, id));
 * await queryClient.prefetchQuery(containerOptions(client, id));
 */
export function containerOptions(
  client: LayersClient,
  containerId: string,
  options: PollingOptions = {},
): LayersQueryOptions<Container, ReturnType<typeof layersKeys.container>> {
  return {
    queryKey: layersKeys.container(client, containerId) as never,
    queryFn: ({ signal }) => client.getContainer(containerId, { signal }),
    ...pollingOptions<Container>(
      (container) => isTerminalStatus(container.status),
      (container, query) => inFlightDelay(millisecondsInStage(query, container.rawStatus), options.refetchInterval),
    ),
  };
}
