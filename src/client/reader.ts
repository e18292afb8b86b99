import type { Container } from '../model/container.js';
import { parseContainer } from '../model/container.js';
import { type ContainerPage, parseContainerPage } from '../model/containerPage.js';
import { isLayersError, LayersError } from '../model/errors.js';
import { type ProgressSnapshot, parseProgress } from '../model/progress.js';
import { AnswerMemory } from './answers.js';
import type { Decisions } from './decisions.js';
import { type ContainerListFilters, listParameters } from './filters.js';
import type { RequestOptions } from './LayersClient.js';
import type { ClientSettings } from './options.js';
import { contentPath, projectContentPath } from './paths.js';
import type { Lane } from './reads/readBudget.js';
import type { ReadGate } from './reads/readGate.js';
import type { ReadLoop } from './reads/readLoop.js';
import { snapshotOf } from './reads/snapshotOf.js';
import { SharedReads } from './sharedReads.js';
import { readable, type Transport } from './transport.js';

/** What a {@link Reader} reads through. */
export interface ReaderParts {
  settings: ClientSettings;
  transport: Transport;
  gate: ReadGate;
  decisions: Decisions;
  /** Made after the reader, which it reads through. */
  loop: () => ReadLoop;
}

/** Every GET of a client: through the budget, shared while it is under way, parsed only if its text is news. */
export class Reader {
  readonly #parts: ReaderParts;
  readonly #answers = new AnswerMemory();
  readonly #shared = new SharedReads();

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  /** Reads one address. `finish` is given the value, and a mark of when the request left. */
  read<T>(
    path: string,
    { signal }: RequestOptions,
    parse: (body: unknown) => T,
    lane: () => Lane,
    { conditional = false, finish = (value: T, _mark: number) => value } = {},
  ): Promise<T> {
    const { gate, transport, decisions, loop } = this.#parts;
    const hasSlot = loop().isReading;
    return this.#shared.join(path, signal, async (requestSignal) => {
      if (!hasSlot) await gate.enter(lane, requestSignal);
      const mark = decisions.mark();
      const etag = conditional ? this.#answers.etag(path) : null;
      const headers = etag === null ? undefined : { 'if-none-match': etag };
      const answer = await transport({ method: 'GET', path, signal: requestSignal, headers });
      const last = this.#answers.recall<T>(path);
      if (answer.status === 304 && last !== undefined) return last;
      const parseText = (text: string) => withRequestId(answer.headers, () => parse(readable(text, answer.headers)));
      return finish(this.#answers.take(path, answer.text, answer.headers.get('etag'), parseText), mark);
    });
  }

  async container(id: string, options: RequestOptions, lane: () => Lane): Promise<Container> {
    const finish = (container: Container, mark: number) => this.#parts.decisions.hold(container, mark);
    const container = await this.read(contentPath(id), options, parseContainer, lane, { finish });
    this.#parts.loop().learnDetail(container);
    return container;
  }

  async progress(id: string, options: RequestOptions): Promise<ProgressSnapshot> {
    const loop = this.#parts.loop();
    const lane = () => loop.lane(id);
    const path = `${contentPath(id)}/progress`;
    if (loop.isReading || lane() !== 'rest') return this.read(path, options, parseProgress, lane);
    // Off screen, the next list read may tell the status before the budget has a read to spare for this one.
    const wait = new AbortController();
    const cancel = () => wait.abort(options.signal?.reason);
    options.signal?.addEventListener('abort', cancel, { once: true });
    try {
      const row = loop.expectRow(id, wait.signal).then((found) => snapshotOf(id, found));
      return await Promise.race([row, this.read(path, { signal: wait.signal }, parseProgress, lane)]);
    } finally {
      options.signal?.removeEventListener('abort', cancel);
      wait.abort(new DOMException('A list read told it first.', 'AbortError'));
    }
  }

  async list(
    projectId: string,
    filters: ContainerListFilters,
    { signal, cursor }: RequestOptions & { cursor?: string | null | undefined },
    lane: () => Lane,
  ): Promise<ContainerPage> {
    const parameters = listParameters(filters, this.#parts.settings.edition, cursor).toString();
    const finish = (page: ContainerPage, mark: number) => {
      const containers = page.containers.map((row) => this.#parts.decisions.hold(row, mark));
      return containers.some((row, index) => row !== page.containers[index]) ? { ...page, containers } : page;
    };
    const path = `${projectContentPath(projectId)}${parameters && `?${parameters}`}`;
    const page = await this.read(path, { signal }, parseContainerPage, lane, { finish });
    const loop = this.#parts.loop();
    for (const row of page.containers) loop.learn(row.projectId === null ? { ...row, projectId } : row);
    return page;
  }

  /** Lets no later read join one that is under way now: what it brings was asked for before something was written. */
  seal(): void {
    this.#shared.seal();
  }
}

/** Gives an error about a body the request id of the answer it came in. */
function withRequestId<T>(headers: Headers, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const requestId = headers.get('x-request-id');
    if (!isLayersError(error) || error.requestId !== null || requestId === null) throw error;
    const { code, message, status, details, cause } = error;
    throw new LayersError({ code, message, status, details, cause, requestId });
  }
}
