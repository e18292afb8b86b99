import type { LayersClient } from '../schedule/scheduledClient.js';
import type { Container } from '../model/container.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { bareRow, isEntry, recordFrom, recordOf } from '../entries/entry.js';
import { unlessIdle } from './idle.js';
import type { layersKeys } from './keys.js';
import { type PollingOptions, readOptions } from './readOptions.js';
import type { LayersQueryOptions } from './types.js';

/**
 * TanStack Query options for one container, kept current until it is completed, failed or canceled. `data` is set as soon as anything is known, from a list row
 * or its progress (`isPartial`); the record is read when the budget has room, and again when the container ends.
 *
 * @example
 * const { data } = useQuery(containerOptions(client, id));
 * await queryClient.prefetchQuery(containerOptions(client, id));
 *
 * @param containerId with or without `cnt_`; `null` and `undefined` read nothing
 */
export function containerOptions(
  client: LayersClient,
  containerId: string | null | undefined,
  options: PollingOptions = {},
): LayersQueryOptions<Container, Container, ReturnType<typeof layersKeys.container>> {
  return unlessIdle(containerId, (id) => ({ ...readOptions(client, 'record', id, options), select: selectRecord }) as never);
}

/** Selects the record from an entry, or from what the host wrote or gave as a placeholder: a container or its progress. */
function selectRecord(data: Container | ContainerProgress): Container {
  if (isEntry(data)) return recordOf(data);
  return 'id' in data ? recordFrom(data) : { ...recordFrom(bareRow(data.containerId, data)), isPartial: true };
}
