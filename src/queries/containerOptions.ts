import type { LayersClient } from '../client/LayersClient.js';
import type { Container, ContainerSummary } from '../model/container.js';
import { isTerminalStatus } from '../model/status.js';
import { inFlightDelay } from './cadence.js';
import { isFurther } from './isFurther.js';
import { layersKeys } from './keys.js';
import { millisecondsInStage } from './polledQuery.js';
import { type PollingOptions, pollingOptions } from './polling.js';
import type { LayersQueryOptions } from './types.js';

/**
 * TanStack Query options for one container: its full record, read again at the documented cadence until it is completed, failed or canceled. The
 * record has no stage, so the 30 s after which the cadence slows are counted in one status. Where its progress is followed too, or several containers
 * of a project are in flight, its status comes from there, and the record is read once more when it ends. Until the first read is answered, what a list
 * told of it stands in (`isPlaceholderData`); it is read all the same, because a row is not the whole record.
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
    placeholderData: () => recordOf(client.reads.rowOf(containerId)),
    ...pollingOptions<Container>(client.reads, {
      kind: 'container',
      id: containerId,
      isTerminal: ({ status }) => isTerminalStatus(status),
      receive: (_, container: Container) => container,
      delay: ({ status, rawStatus }, query) =>
        inFlightDelay(status === 'unknown' ? Number.POSITIVE_INFINITY : millisecondsInStage(query, rawStatus), options.refetchInterval),
      take: (container, row) => (isFurther(row.status, container.status) ? { ...container, ...row, id: container.id } : undefined),
    }),
  };
}

/** A record as far as a row tells it. */
function recordOf(row: ContainerSummary | undefined): Container | undefined {
  return (
    row && {
      captions: [],
      firstComment: null,
      brief: null,
      influencerId: null,
      sourceTiktokId: null,
      mediaId: null,
      adsEnrollment: null,
      platformFit: null,
      assets: [],
      ...row,
    }
  );
}
