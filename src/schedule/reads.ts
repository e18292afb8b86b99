import type { Answered, LayersApi } from '../client/api.js';
import type { ContainerListFilters } from '../client/filters.js';
import type { ContainerPage } from '../model/containerPage.js';
import type { LayersError } from '../model/errors.js';
import type { Priority } from './priority.js';
import type { Queue } from './queue.js';
import type { ReadKind, Told } from './told.js';

/** How a read waits for the budget. `null`: it has its slot already. */
export type Turn = Priority | null;

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

  /** `failure`: why `told` is only the last good response; `undefined`: it isn't. */
  async single(kind: ReadKind, id: string, turn: Turn, signal?: AbortSignal): Promise<{ told: Told; failure: LayersError | undefined }> {
    const { failure, ...answered } = await this.#ask(kind, id, this.#options(turn, signal));
    return { told: { kind, id, ...answered } as Told, failure };
  }

  #ask(kind: ReadKind, id: string, options: Parameters<LayersApi['job']>[1]): Promise<Answered<unknown>> {
    if (kind === 'record') return this.#api.container(id, options);
    return kind === 'progress' ? this.#api.progress(id, options) : this.#api.job(id, options);
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
