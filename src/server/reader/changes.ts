import { keepNewest } from '../../internal/keepNewest.js';
import { containerKey } from '../../model/ids.js';
import { isRecord } from '../../model/plainJson.js';

/** The most containers that are remembered; the least recently read is forgotten first. */
const CAPACITY = 20_000;

/** When the status or the approval of each container was last seen to change, whichever response showed it: what was requested before is outdated. */
export class Changes {
  readonly #seen = new Map<string, { said: Map<string, string>; at: number }>();
  /** Nothing of the lists requested before is current: something was written. */
  listsAt = Number.NEGATIVE_INFINITY;

  /** When a container last changed; `-Infinity`: never, as far as is known. */
  at(containerId: string): number {
    return this.#seen.get(containerKey(containerId))?.at ?? Number.NEGATIVE_INFINITY;
  }

  /** Whether any response has said something of a container. */
  knows(containerId: string | undefined): boolean {
    return containerId !== undefined && this.#seen.has(containerKey(containerId));
  }

  /** Takes in what a body says of one container, or of those of a page. @param askedAt when it was requested */
  read(body: unknown, askedAt: number): void {
    if (!isRecord(body)) return;
    for (const each of Array.isArray(body['items']) ? body['items'] : [body]) if (isRecord(each)) this.#readOne(each, askedAt);
  }

  /** A container was written to: what was requested before is outdated. */
  wrote(containerId: string | undefined, at: number): void {
    this.listsAt = at;
    if (containerId !== undefined) this.#put(containerKey(containerId), new Map(), at);
  }

  #readOne(body: Record<string, unknown>, askedAt: number): void {
    const id = body['containerId'] ?? body['id'];
    if (typeof id !== 'string') return;
    const key = containerKey(id);
    const known = this.#seen.get(key);
    const said = new Map(known?.said);
    let isChanged = false;
    for (const name of ['status', 'approvalStatus']) {
      const value = body[name];
      if (typeof value !== 'string') continue;
      isChanged ||= said.has(name) && said.get(name) !== value;
      said.set(name, value);
    }
    if (known !== undefined && askedAt < known.at) return;
    this.#put(key, said, isChanged ? askedAt : (known?.at ?? Number.NEGATIVE_INFINITY));
  }

  #put(key: string, said: Map<string, string>, at: number): void {
    keepNewest(this.#seen, key, { said, at }, CAPACITY);
  }
}
