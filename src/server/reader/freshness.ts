import { monotonicNow } from '../../internal/monotonicNow.js';
import type { Priority } from '../../schedule/priority.js';
import type { LayersTarget } from '../routes.js';
import type { KeptAnswer } from './answers.js';
import { AskedLists } from './askedLists.js';
import { Changes } from './changes.js';

/** What is read, as far as it matters how new the response has to be. */
export interface FreshRead {
  kind: LayersTarget['kind'];
  path: string;
  containerId?: string | undefined;
  /** Whether a person asked for it to be read anew. */
  isNew: boolean;
}

/** Up to which age a response that the plan doesn't read serves everybody, in milliseconds. */
const FRESH_MS: Record<LayersTarget['kind'], number> = { list: 1_500, progress: 2_000, job: 2_000, container: 5_000, asset: 60_000 };
/** The same where a person refreshes: the API asks for at least 1 s between two reads (get-progress page). */
const FLOOR_MS = 1_000;
/** Where the last response is older than this, a viewer waits a little for a new one. */
export const OLD_MS = 10_000;

/** How new a response is, and how urgent a newer one. */
export class Freshness {
  readonly changes = new Changes();
  readonly #lists = new AskedLists();
  readonly #spacing: (now: number) => number;

  /** @param spacing milliseconds between two reads that the budget allows */
  constructor(spacing: (now: number) => number) {
    this.#spacing = spacing;
  }

  /** A viewer asks for something. */
  ask({ kind, path }: FreshRead, viewer: string): void {
    if (kind === 'list') this.#lists.ask(path, viewer, monotonicNow());
  }

  /** Whether a response is recent enough to be served without a new read. */
  isCurrent(kept: KeptAnswer, read: FreshRead): boolean {
    const now = monotonicNow();
    const interval = read.kind === 'list' ? this.#lists.interval(read.path, this.#spacing(now), now) : 0;
    const most = read.isNew ? FLOOR_MS : Math.max(FRESH_MS[read.kind], interval);
    return now - kept.askedAt <= most && !this.isOutdated(kept, read);
  }

  /** Whether something newer is known to have happened since it was requested. */
  isOutdated({ askedAt }: KeptAnswer, { kind, containerId }: FreshRead): boolean {
    const changedAt = kind === 'list' ? this.changes.listsAt : containerId === undefined ? 0 : this.changes.at(containerId);
    return askedAt < changedAt;
  }

  /** Whether a viewer waits a little for a newer response. */
  isOld(kept: KeptAnswer, read: FreshRead): boolean {
    // A list shows the ends of many.
    return read.isNew || read.kind === 'list' || monotonicNow() - kept.askedAt > OLD_MS || this.isOutdated(kept, read);
  }

  /** The priority of a read that a viewer causes. @param kept the last response; `undefined`: there is none */
  priority(read: FreshRead, kept: KeptAnswer | undefined): Priority {
    if (read.isNew) return 'person';
    if (read.kind === 'list') return 'sweep';
    if (kept !== undefined && !this.isOutdated(kept, read)) return 'rest';
    // What lists say of a container is on the page already.
    return read.kind === 'container' && this.changes.knows(read.containerId) ? 'screen' : 'first';
  }
}
