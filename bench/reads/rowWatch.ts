/** The two hooks of a row. */
export const HOOKS = ['container', 'progress'] as const;
export type Hook = (typeof HOOKS)[number];

/** What was seen of one row, times in milliseconds since 1970. Plain JSON, so that it can leave a page. */
export interface RowMarks {
  shownAt: number;
  /** When each hook first had data. */
  dataAt: Record<Hook, number | null>;
  /** When the data of each hook first said that the container has ended. */
  endedAt: Record<Hook, number | null>;
  /** How often both hooks had data, and two different statuses. */
  disagreements: number;
  disagreedMs: number;
}

/** Whether a status is an end. */
export const isOver = (status: string | undefined): boolean => status === 'completed' || status === 'failed' || status === 'canceled';

/** Follows what the two hooks of one row say. Imports nothing: it runs in Node and in the page alike. */
export class RowWatch {
  readonly #marks: RowMarks;
  #differSince: number | null = null;

  constructor(shownAt: number) {
    const never = { container: null, progress: null };
    this.#marks = { shownAt, dataAt: { ...never }, endedAt: { ...never }, disagreements: 0, disagreedMs: 0 };
  }

  /** What both hooks say at the same moment; `undefined`: no data. */
  look(statuses: Record<Hook, string | undefined>, now: number): void {
    for (const hook of HOOKS) {
      if (statuses[hook] === undefined) continue;
      this.#marks.dataAt[hook] ??= now;
      if (isOver(statuses[hook])) this.#marks.endedAt[hook] ??= now;
    }
    const { container, progress } = statuses;
    const differ = container !== undefined && progress !== undefined && container !== progress;
    if (differ && this.#differSince === null) {
      this.#differSince = now;
      this.#marks.disagreements += 1;
    } else if (!differ) {
      this.#marks.disagreedMs = this.marks(now).disagreedMs;
      this.#differSince = null;
    }
  }

  /** What was seen until now, a disagreement that still lasts included. */
  marks(now: number): RowMarks {
    const lasting = this.#differSince === null ? 0 : now - this.#differSince;
    return { ...this.#marks, disagreedMs: this.#marks.disagreedMs + lasting };
  }

  get hasData(): boolean {
    return HOOKS.every((hook) => this.#marks.dataAt[hook] !== null);
  }

  get hasEnded(): boolean {
    return HOOKS.every((hook) => this.#marks.endedAt[hook] !== null);
  }
}
