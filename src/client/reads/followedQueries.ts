import { monotonicNow } from '../../internal/monotonicNow.js';
import { containerKey } from '../../model/ids.js';
import type { Followed, Watch } from './followed.js';
import { together } from './together.js';

/** What is known of a container besides what follows it. */
type Surroundings = (key: string) => Pick<Watch, 'projectId' | 'onScreen'>;

/** Every query that somebody looks at and that changes on the server. */
export class FollowedQueries {
  readonly #followed = new Map<object, { followed: Followed; since: number }>();
  readonly #left: (key: string) => void;

  /** @param left called with the key of a container whose query nobody looks at any more */
  constructor(left: (key: string) => void) {
    this.#left = left;
  }

  /** Takes a query in, or what it says of itself anew. */
  add(owner: object, followed: Followed): void {
    this.#followed.set(owner, { followed, since: this.#followed.get(owner)?.since ?? monotonicNow() });
  }

  clear(): void {
    this.#followed.clear();
  }

  /** All queries of one container. */
  ofContainer(containerId: string): Followed[] {
    const key = containerKey(containerId);
    return this.#all().filter(({ kind, id }) => kind !== 'job' && containerKey(id) === key);
  }

  /** All queries of one address. */
  of(kind: Followed['kind'], id: string): Followed[] {
    if (kind !== 'job') return this.ofContainer(id).filter((followed) => followed.kind === kind);
    return this.#all().filter((followed) => followed.kind === 'job' && followed.id === id);
  }

  jobs(): Followed[] {
    this.#forgetLeft();
    return this.#all().filter(({ kind }) => kind === 'job');
  }

  /** What is followed of each container, together. */
  watches(surroundings: Surroundings): Watch[] {
    this.#forgetLeft();
    const watches = new Map<string, Watch>();
    for (const { followed, since } of this.#followed.values()) {
      if (followed.kind === 'job') continue;
      const key = containerKey(followed.id);
      let watch = watches.get(key);
      if (watch === undefined) {
        watch = { key, id: followed.id, since, ...surroundings(key), progress: undefined, container: undefined, row: undefined };
        watches.set(key, watch);
      }
      watch[followed.kind] = together(watch[followed.kind], followed);
      watch.since = Math.min(watch.since, since);
    }
    return [...watches.values()];
  }

  #all(): Followed[] {
    return Array.from(this.#followed.values(), ({ followed }) => followed);
  }

  #forgetLeft(): void {
    for (const [owner, { followed }] of this.#followed)
      if (!followed.isActive()) {
        this.#followed.delete(owner);
        this.#left(containerKey(followed.id));
      }
  }
}
