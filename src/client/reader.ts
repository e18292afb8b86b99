import { monotonicNow } from '../internal/monotonicNow.js';
import { type Container, type ContainerSummary, parseContainer } from '../model/container.js';
import { type ContainerPage, parseContainerPage } from '../model/containerPage.js';
import { isLayersError, LayersError } from '../model/errors.js';
import { type ProgressSnapshot, parseProgress } from '../model/progress.js';
import { type Answer, AnswerMemory } from './answers.js';
import type { Decisions } from './decisions.js';
import { type ContainerListFilters, listParameters } from './filters.js';
import type { RequestOptions } from './LayersClient.js';
import type { ClientSettings } from './options.js';
import { contentPath, projectContentPath } from './paths.js';
import type { Lane } from './reads/readBudget.js';
import type { ReadGate } from './reads/readGate.js';
import type { ReadLoop } from './reads/readLoop.js';
import { snapshotOf } from './reads/snapshotOf.js';
import type { Tabs } from './reads/tabs.js';
import { SharedReads } from './sharedReads.js';
import { readable, type Transport } from './transport.js';

/** What a {@link Reader} reads through. */
export interface ReaderParts {
  settings: ClientSettings;
  transport: Transport;
  gate: ReadGate;
  decisions: Decisions;
  /** `undefined`: this tab reads for itself. */
  tabs: Tabs | undefined;
  /** Made after the reader, which it reads through. */
  loop: () => ReadLoop;
}

/** A row as it may be shown: with the decision that is newer than what was read. */
type Hold = <Row extends ContainerSummary>(row: Row) => Row;

/** Every GET of a client: through the budget, shared while it is under way, parsed only if its text is news. */
export class Reader {
  readonly #parts: ReaderParts;
  readonly #answers = new AnswerMemory();
  readonly #shared = new SharedReads();
  #sealedAt = Number.NEGATIVE_INFINITY;
  /** On a server, headers made for each request speak for many people: no answer of one may reach another. */
  readonly #isForOne: boolean;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
    this.#isForOne = typeof parts.settings.headers !== 'function' || typeof document !== 'undefined';
  }

  /** Reads one address. `finish` is given the value, and what keeps a row of it from undoing a decision. */
  async read<T>(
    path: string,
    { signal }: RequestOptions,
    parse: (body: unknown) => T,
    lane: () => Lane,
    { finish = (value: T, _hold: Hold) => value } = {},
  ): Promise<T> {
    const mark = this.#parts.decisions.mark();
    const answer = await this.exchange(path, signal, lane, this.#parts.loop().isReading);
    return finish(this.parse(answer, parse), (row) => this.#parts.decisions.hold(row, mark, answer.askedAt));
  }

  /** The value of an answer; the same object as last time if the text is the same. */
  parse<T>(answer: Answer, parse: (body: unknown) => T): T {
    return this.#answers.take(answer, (text) => withRequestId(answer.requestId, () => parse(readable(text, answer.requestId))));
  }

  /** The answer of one address: read here through the budget, or by the tab that reads for all. `hasSlot`: the budget has let it go already. */
  exchange(path: string, signal: AbortSignal | undefined, lane: () => Lane, hasSlot = false): Promise<Answer> {
    const { tabs } = this.#parts;
    const begin = async (requestSignal: AbortSignal) => {
      const readHere = () => this.#readHere(path, requestSignal, lane, hasSlot);
      return tabs ? tabs.exchange(path, lane(), requestSignal, readHere) : readHere();
    };
    return this.#isForOne ? this.#shared.join(path, signal, begin) : begin(signal ?? new AbortController().signal);
  }

  /** The last answer of an address and when it came, unless something was written since. */
  recall(path: string): { answer: Answer; at: number } | undefined {
    const last = this.#answers.recall(path);
    return last !== undefined && last.answer.askedAt > this.#sealedAt ? last : undefined;
  }

  /** A row of an answer that another tab read, as it may be shown here. */
  hold<Row extends ContainerSummary>(row: Row, { askedAt }: Answer): Row {
    const { decisions } = this.#parts;
    return decisions.hold(row, decisions.mark(), askedAt);
  }

  /** Keeps an answer that another tab read. */
  keep(answer: Answer): void {
    this.#answers.keep(answer, monotonicNow());
  }

  /** Tells other tabs an answer that is known here. */
  tell(answer: Answer): void {
    this.#parts.tabs?.tell(answer);
  }

  async #readHere(path: string, signal: AbortSignal, lane: () => Lane, hasSlot: boolean): Promise<Answer> {
    const { gate, transport, tabs } = this.#parts;
    if (!hasSlot) await gate.enter(lane, signal);
    tabs?.tellSpent(Date.now());
    const last = this.#isForOne ? this.#answers.recall(path)?.answer : undefined;
    const headers = last?.etag != null && path.startsWith('/v1/jobs/') ? { 'if-none-match': last.etag } : undefined;
    const askedAt = monotonicNow();
    const { status, text, headers: received } = await transport({ method: 'GET', path, signal, headers });
    const answer: Answer =
      status === 304 && last
        ? { ...last, askedAt }
        : { path, text, etag: received.get('etag'), requestId: received.get('x-request-id'), askedAt };
    if (this.#isForOne) this.#answers.keep(answer, monotonicNow());
    return answer;
  }

  async container(id: string, options: RequestOptions, lane: () => Lane): Promise<Container> {
    const finish = (container: Container, hold: Hold) => hold(container);
    const container = await this.read(contentPath(id), options, parseContainer, lane, { finish });
    this.#parts.loop().learnDetail(container);
    return container;
  }

  async progress(id: string, options: RequestOptions): Promise<ProgressSnapshot> {
    options.signal?.throwIfAborted();
    const loop = this.#parts.loop();
    const lane = () => loop.lane(id);
    const path = `${contentPath(id)}/progress`;
    if (loop.isReading || !CAN_WAIT.includes(lane())) return this.read(path, options, parseProgress, lane);
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
    const finish = (page: ContainerPage, hold: Hold) => {
      const containers = page.containers.map((row) => hold(row));
      return containers.some((row, index) => row !== page.containers[index]) ? { ...page, containers } : page;
    };
    const path = `${projectContentPath(projectId)}${parameters && `?${parameters}`}`;
    const page = await this.read(path, { signal }, parseContainerPage, lane, { finish });
    const loop = this.#parts.loop();
    for (const row of page.containers) loop.learn(row.projectId === null ? { ...row, projectId } : row);
    return page;
  }

  /** Lets no later read be answered by what was asked for before now, because something was written. */
  seal(): void {
    this.#sealedAt = monotonicNow();
    this.#shared.seal();
  }
}

/** Lanes in which a list read may come first. */
const CAN_WAIT: readonly Lane[] = ['rest', 'hidden'];

/** Gives an error about a body the request id of the answer it came in. */
export function withRequestId<T>(requestId: string | null, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!isLayersError(error) || error.requestId !== null || requestId === null) throw error;
    const { code, message, status, details, cause } = error;
    throw new LayersError({ code, message, status, details, cause, requestId });
  }
}
