import { monotonicNow } from '../internal/monotonicNow.js';
import type { Answered } from '../client/api.js';
import type { ContainerListFilters } from '../client/filters.js';
import type { ContainerPage } from '../model/containerPage.js';
import { isLayersError } from '../model/errors.js';
import { containerKey } from '../model/ids.js';
import { CADENCE, retryDelay } from './cadence.js';
import { filtersOf, newSweepState, type Question, type SweepState } from './sweepState.js';
import type { Session } from './session.js';
import type { Track } from './track.js';

/** So few in flight are read by themselves where one of them has ended and nobody says which. */
const FEW = 5;
/** Most pages read per sweep; containers not found within them are read individually. */
const MOST_PAGES: Record<Question, number> = { search: 10, all: 10, 'in-flight': Number.POSITIVE_INFINITY, ended: 10 };
/** How many more reads than one for each unknown container a search may cost, as a share of those. */
const SEARCH_OVERHEAD = 0.05;

/** What sweeps need from the scheduler. */
export interface SweepsHost {
  readonly session: Session;
  tracks(): Iterable<Track>;
  /** Reads one page; the first page already has its slot. */
  readPage(projectId: string, filters: ContainerListFilters, cursor: string | null): Promise<Answered<ContainerPage>>;
  tellPage(projectId: string, page: Answered<ContainerPage>): void;
}

/** List reads that update every container of a project, instead of one read each. */
export class Sweeps {
  readonly states = new Map<string, SweepState>();
  readonly #host: SweepsHost;

  constructor(host: SweepsHost) {
    this.#host = host;
  }

  /** Runs one sweep; rows are published page by page. Resolves with whether it succeeded; never rejects. */
  async ask(projectId: string, question: Question): Promise<boolean> {
    const startedAt = monotonicNow();
    const state = this.states.get(projectId) ?? newSweepState();
    this.states.set(projectId, state);
    state.askedAt[question] = startedAt;
    state.isUnderWay = true;
    try {
      // When the oldest in flight was created; `NaN` if that of any is unknown.
      const since = Math.min(...this.#ofProject(projectId).map(({ createdAt }) => Date.parse(createdAt ?? '')));
      const filters = filtersOf(question, since);
      const found = new Set<string>();
      let [unknown, fruitless] = [this.#countUnknown(), 0];
      // A search goes on while its pages find several unknown containers each, and then for a few pages more where many are left.
      const isWorthwhile = () => question !== 'search' || (unknown > 1 && fruitless <= unknown * SEARCH_OVERHEAD);
      let [pages, cursor]: [number, string | null] = [0, null];
      do {
        const { value, askedAt, failure }: Answered<ContainerPage> = await this.#host.readPage(projectId, filters, cursor);
        // An empty page is a response, too.
        if (!failure) this.#host.session.accept(askedAt);
        [pages, cursor] = [pages + 1, value.nextCursor];
        if (question === 'search') state.isPartial = cursor !== null;
        for (const { id } of value.containers) found.add(containerKey(id));
        this.#host.tellPage(projectId, { value, askedAt });
        if (failure) {
          // The server part may be asked again as usual.
          state.failures = 0;
          throw failure;
        }
        const left = this.#countUnknown();
        fruitless = unknown - left > 1 ? 0 : fruitless + 1;
        unknown = left;
      } while (cursor !== null && pages < MOST_PAGES[question] && isWorthwhile());
      state.pages[question] = pages;
      // A search also covers what is in flight.
      if (question === 'search') state.askedAt.all = startedAt;
      // An incomplete list doesn't show what is missing; what the longest list of ended containers lacks is read individually.
      if (question === 'ended' || (cursor === null && question !== 'search')) this.#note(projectId, question, found, startedAt);
      Object.assign(state, { failures: 0, retryAt: 0, error: null });
      this.reconnect();
      return true;
    } catch (error) {
      state.failures += 1;
      const pause = retryDelay(error, state.failures, Math.random());
      const now = monotonicNow();
      state.retryAt = now + (pause === false ? CADENCE.ceiling : pause);
      state.error = isLayersError(error) ? error.code : 'UNKNOWN';
      this.#host.session.fail(state, error, now);
      return false;
    } finally {
      state.isUnderWay = false;
    }
  }

  /** The connection is back: the lists that failed for want of it are due at once, whatever their backoff. */
  reconnect(): void {
    for (const state of this.states.values()) if (state.error === 'NETWORK') state.retryAt = 0;
  }

  /** Something has ended, and nobody says what: the lists that tell it are due at once, and the progress of what no list is read for. */
  hurry(): void {
    for (const { askedAt } of this.states.values()) askedAt.all = askedAt.ended = Number.NEGATIVE_INFINITY;
    const inFlight = [...this.#host.tracks()].filter(({ phase }) => phase === 'in-flight');
    if (inFlight.length <= FEW) for (const track of inFlight) track.progressAt = null;
  }

  /** Removes all other projects. */
  prune(projectIds: ReadonlySet<string>): void {
    for (const [projectId, { isUnderWay }] of this.states) if (!isUnderWay && !projectIds.has(projectId)) this.states.delete(projectId);
  }

  #ofProject(projectId: string): Track[] {
    return [...this.#host.tracks()].filter((track) => track.projectId === projectId && track.phase === 'in-flight');
  }

  #countUnknown(): number {
    let count = 0;
    for (const { phase, projectId, error } of this.#host.tracks())
      if (error === null && (phase === 'unknown' || (phase === 'in-flight' && projectId === null))) count += 1;
    return count;
  }

  /** Marks the containers that a complete list should have contained and didn't. */
  #note(projectId: string, question: Question, found: ReadonlySet<string>, startedAt: number): void {
    for (const track of this.#ofProject(projectId)) {
      const isMissing = !found.has(track.key) && track.since < startedAt && !track.isAlone;
      if (question === 'ended') {
        if (track.left !== null && isMissing) track.left = 'not-found';
      } else if (found.has(track.key)) Object.assign(track, { left: null, isAlone: false });
      else if (isMissing) track.left ??= question === 'all' ? 'not-found' : 'unasked';
    }
  }
}
