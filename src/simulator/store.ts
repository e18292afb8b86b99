import { bareId } from './ids.js';
import type { ContainerRecord } from './record.js';

/** Where a page begins: after the row created at this time with this number. */
export interface Position {
  createdAt: number;
  seq: number;
}

/** All containers, by id and, for each project, in order of creation. */
export class Store {
  readonly #byId = new Map<string, ContainerRecord>();
  /** Oldest first: what is made now is appended, which is the common case. */
  readonly #byProject = new Map<string, ContainerRecord[]>();
  #lastSeq = 0;

  nextSeq(): number {
    this.#lastSeq += 1;
    return this.#lastSeq;
  }

  /** Finds a container by either spelling of its id. */
  get(id: string): ContainerRecord | undefined {
    return this.#byId.get(bareId(id));
  }

  add(record: ContainerRecord): void {
    const rows = this.#rows(record.projectId);
    rows.splice(firstAfter(rows, record), 0, record);
    this.#byId.set(bareId(record.id), record);
  }

  remove(id: string): void {
    const record = this.get(id);
    if (!record) return;
    const rows = this.#rows(record.projectId);
    rows.splice(rows.indexOf(record), 1);
    this.#byId.delete(bareId(id));
  }

  /** A project's containers, newest first, from just after a position on. */
  *newestFirst(projectId: string, after: Position | null = null): Generator<ContainerRecord> {
    const rows = this.#rows(projectId);
    // `seq - 1` puts the boundary before the row at the position itself.
    let index = after ? firstAfter(rows, { createdAt: after.createdAt, seq: after.seq - 1 }) : rows.length;
    while (index > 0) {
      index -= 1;
      const row = rows[index];
      if (row) yield row;
    }
  }

  #rows(projectId: string): ContainerRecord[] {
    const key = bareId(projectId);
    let rows = this.#byProject.get(key);
    if (!rows) {
      rows = [];
      this.#byProject.set(key, rows);
    }
    return rows;
  }
}

/** The index of the first row newer than a position, by binary search. */
function firstAfter(rows: readonly ContainerRecord[], position: Position): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row && (row.createdAt < position.createdAt || (row.createdAt === position.createdAt && row.seq <= position.seq))) low = middle + 1;
    else high = middle;
  }
  return low;
}
