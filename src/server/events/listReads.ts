import { Alarm } from '../../internal/alarm.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import type { Followed } from './followed.js';
import { wholeListOf } from './heard.js';
import type { Viewer } from './viewer.js';

/** How often a list that is followed is read if nothing else has it read, in milliseconds: as often as a mounted list. */
const EVERY_MS = 30_000;
/** How soon the first time: until then whoever follows it has usually read it. */
const FIRST_MS = 2_000;

const LIST = 'list ';

/** The key of a project's list, apart from those of containers and jobs. */
export const listKey = (projectId: string) => `${LIST}${projectId}`;

interface List {
  followers: number;
  dueAt: number;
}

/** Reads the lists that are followed, one at a time, which no viewer and no sweep reads. */
export class ListReads {
  readonly #followed: Followed;
  readonly #read: (projectId: string) => Promise<unknown>;
  readonly #lists = new Map<string, List>();
  readonly #alarm = new Alarm(() => this.#turn());
  #isReading = false;

  /** @param read reads a list when the budget has room for it */
  constructor(followed: Followed, read: (projectId: string) => Promise<unknown>) {
    this.#followed = followed;
    this.#read = read;
  }

  /** Tells a viewer what changes of a list, until {@link unfollow}. */
  follow(projectId: string, viewer: Viewer): void {
    if (viewer.projects.has(projectId)) return;
    viewer.projects.add(projectId);
    this.#followed.addList(projectId, viewer);
    const list = this.#lists.get(projectId);
    if (list) list.followers += 1;
    else {
      const dueAt = monotonicNow() + FIRST_MS;
      this.#lists.set(projectId, { followers: 1, dueAt });
      this.#alarm.by(dueAt);
    }
  }

  unfollow(projectId: string, viewer: Viewer): void {
    if (!viewer.projects.delete(projectId)) return;
    this.#followed.removeList(projectId, viewer);
    const list = this.#lists.get(projectId);
    if (list && --list.followers === 0) this.#lists.delete(projectId);
    if (this.#lists.size === 0) this.#alarm.clear();
  }

  /** A path was read. @returns for the other processes, where it is a list: its key, and when it was requested */
  heard(path: string, askedAt: number): [key: string, at: number][] {
    const projectId = wholeListOf(path);
    if (projectId === null) return [];
    this.#readAt(projectId, askedAt);
    return [[listKey(projectId), askedAt]];
  }

  /** Another process has read something. @returns whether its key is that of a list */
  touch(key: string, askedAt: number): boolean {
    if (!key.startsWith(LIST)) return false;
    this.#readAt(key.slice(LIST.length), askedAt);
    return true;
  }

  #readAt(projectId: string, askedAt: number): void {
    const list = this.#lists.get(projectId);
    // Where several processes follow it, one is first, and the others needn't read it.
    if (list) list.dueAt = Math.max(list.dueAt, askedAt + EVERY_MS * (1 + Math.random() / 4));
  }

  #turn(): void {
    if (this.#isReading) return;
    const [first] = [...this.#lists].sort(([, one], [, other]) => one.dueAt - other.dueAt);
    if (first === undefined) return;
    const [projectId, { dueAt }] = first;
    const now = monotonicNow();
    if (dueAt > now) return this.#alarm.set(dueAt);
    this.#isReading = true;
    // One that fails is read later, like any other.
    this.#readAt(projectId, now);
    const done = () => {
      this.#isReading = false;
      this.#turn();
    };
    this.#read(projectId).then(done, done);
  }
}
