import type { ContainerSummary } from '../../model/container.js';
import { containerKey } from '../../model/ids.js';

interface Facts {
  projectId: string | null;
  createdAt: string | null;
  /** As last read from a list or by itself; `undefined` where what is known of it no longer holds. */
  row: ContainerSummary | undefined;
}

/** Of how many containers something is remembered: those that an answer named last. */
const KEPT = 20_000;

/** What any answer told of a container: its project, when it was made, and its row. */
export class ContainerFacts {
  readonly #facts = new Map<string, Facts>();

  /** Takes in what an answer tells; a project that was known stays known. */
  learn(container: Pick<ContainerSummary, 'id' | 'projectId' | 'createdAt'> | ContainerSummary): void {
    const key = containerKey(container.id);
    const projectId = container.projectId ?? this.projectOf(key);
    this.#facts.delete(key);
    this.#facts.set(key, { projectId, createdAt: container.createdAt, row: 'status' in container ? container : undefined });
    if (this.#facts.size > KEPT) this.#facts.delete(this.#facts.keys().next().value as string);
  }

  /** Brings a row up to date with what was written since. */
  amend(key: string, part: Partial<ContainerSummary>): void {
    const facts = this.#facts.get(key);
    if (facts?.row) facts.row = { ...facts.row, ...part };
  }

  /** `null`: not known yet. */
  projectOf(key: string): string | null {
    return this.#facts.get(key)?.projectId ?? null;
  }

  createdAtOf(key: string): string | null {
    return this.#facts.get(key)?.createdAt ?? null;
  }

  rowOf(key: string): ContainerSummary | undefined {
    return this.#facts.get(key)?.row;
  }
}
