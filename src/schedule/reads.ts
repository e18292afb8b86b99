import type { Answered, LayersApi } from '../client/api.js';
import type { ContainerListFilters } from '../client/filters.js';
import type { ContainerPage } from '../model/containerPage.js';
import type { Priority } from './priority.js';
import type { Queue } from './queue.js';
import type { ReadKind, Told } from './told.js';

/** How a read waits for the budget. `null`: it has its slot already. */
type Turn = Priority | null;

/** Sends the reads of a schedule, each once the budget allows it. */
export class Reads {
  readonly #api: LayersApi;
  readonly #queue: Queue;
  /** Whose reads they are: see {@link Queue.close}. */
  readonly #owner: object;

  constructor(api: LayersApi, queue: Queue, owner: object) {
    this.#api = api;
    this.#queue = queue;
    this.#owner = owner;
  }

  async single(kind: ReadKind, id: string, turn: Turn, signal?: AbortSignal): Promise<Told> {
    const options = this.#options(turn, signal);
    if (kind === 'record') return { kind, id, ...(await this.#api.container(id, options)) };
    if (kind === 'progress') return { kind, id, ...(await this.#api.progress(id, options)) };
    return { kind, id, ...(await this.#api.job(id, options)) };
  }

  /** One page of a project's list. `cursor`: `null` for the first. */
  page(
    projectId: string,
    filters: ContainerListFilters,
    cursor: string | null | undefined,
    turn: Turn,
    signal?: AbortSignal,
  ): Promise<Answered<ContainerPage>> {
    return this.#api.page(projectId, filters, { cursor, ...this.#options(turn, signal) });
  }

  /** A person's read isn't answered from a cache on the way. */
  #options(turn: Turn, signal: AbortSignal | undefined) {
    const pace = turn === null ? undefined : (asking: AbortSignal) => this.#queue.enter(() => turn, this.#owner, asking);
    return { signal, pace, isNew: turn === 'person' };
  }
}
