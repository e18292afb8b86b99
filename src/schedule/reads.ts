import type { LayersApi } from '../client/api.js';
import type { ContainerListFilters } from '../client/filters.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { Holds } from './holds.js';
import type { Priority } from './priority.js';
import type { Lines } from './sharedBudget.js';
import type { ReadKind, Told } from './told.js';

/** How a read waits for the budget. `null`: it has its slot already. */
export type Turn = Priority | null;

/** Sends the reads of a schedule, each once the budget allows it. @param owner whose reads they are: see `Queue.close` */
export function createReads(api: LayersApi, { budget, queue }: Lines['read-light'], owner: object, holds: Holds) {
  const ask = { record: api.container, progress: api.progress, job: api.job };
  // A person's read isn't answered from a cache on the way.
  const optionsOf = (turn: Turn, signal: AbortSignal | undefined, sent?: () => void) => ({
    signal,
    pace: turn === null ? undefined : (asking: AbortSignal) => queue.enter(() => turn, owner, asking).then(sent),
    isNew: turn === 'person',
  });
  type PageOf = [projectId: string, filters: ContainerListFilters, cursor: string | null | undefined, turn: Turn, signal?: AbortSignal];
  const page = ([projectId, filters, cursor, turn, signal]: PageOf, sent?: () => void) =>
    api.page(projectId, filters, { cursor, ...optionsOf(turn, signal, sent) });
  return {
    /** `failure`: why `told` is only the last good response; `undefined`: it isn't. */
    single: async (kind: ReadKind, id: string, turn: Turn, signal?: AbortSignal) => {
      const { failure, ...answered } = await ask[kind](id, optionsOf(turn, signal));
      return { told: { kind, id, ...answered } as Told, failure };
    },
    /** One page of a project's list. `cursor`: `null` for the first. */
    page: (...of: PageOf) => page(of),
    /** As {@link page}, of a list that is shown: where that makes the server pause all reads, lists are held as after a sweep that does. */
    list: async (...of: PageOf) => {
      const [, , , turn, signal] = of;
      let sentAt = Number.NEGATIVE_INFINITY;
      const sent = () => {
        sentAt = monotonicNow();
        holds.sent('sweep', sentAt);
      };
      const note = (isGood: boolean) => holds.note('sweep', isGood, sentAt, budget.pausedUntil);
      if (turn === null) sent();
      try {
        const answer = await page(of, sent);
        note(answer.failure === undefined);
        return answer;
      } catch (error) {
        // What wasn't sent made nobody pause.
        if (sentAt !== Number.NEGATIVE_INFINITY && !signal?.aborted) note(false);
        throw error;
      }
    },
  };
}
