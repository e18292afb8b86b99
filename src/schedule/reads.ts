import type { LayersApi } from '../client/api.js';
import type { ContainerListFilters } from '../client/filters.js';
import type { Priority } from './priority.js';
import type { Queue } from './queue.js';
import type { ReadKind, Told } from './told.js';

/** How a read waits for the budget. `null`: it has its slot already. */
export type Turn = Priority | null;

/** Sends the reads of a schedule, each once the budget allows it. @param owner whose reads they are: see {@link Queue.close} */
export function createReads(api: LayersApi, queue: Queue, owner: object) {
  const ask = { record: api.container, progress: api.progress, job: api.job };
  // A person's read isn't answered from a cache on the way.
  const optionsOf = (turn: Turn, signal: AbortSignal | undefined) => ({
    signal,
    pace: turn === null ? undefined : (asking: AbortSignal) => queue.enter(() => turn, owner, asking),
    isNew: turn === 'person',
  });
  return {
    /** `failure`: why `told` is only the last good response; `undefined`: it isn't. */
    single: async (kind: ReadKind, id: string, turn: Turn, signal?: AbortSignal) => {
      const { failure, ...answered } = await ask[kind](id, optionsOf(turn, signal));
      return { told: { kind, id, ...answered } as Told, failure };
    },
    /** One page of a project's list. `cursor`: `null` for the first. */
    page: (projectId: string, filters: ContainerListFilters, cursor: string | null | undefined, turn: Turn, signal?: AbortSignal) =>
      api.page(projectId, filters, { cursor, ...optionsOf(turn, signal) }),
  };
}
