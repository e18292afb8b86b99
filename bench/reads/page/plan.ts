import type { RowMarks } from '../rowWatch.js';

/** One row that the page is asked to show. */
export interface PlannedRow {
  id: string;
  onScreen: boolean;
  /** Whether it stays when it has ended. */
  stays: boolean;
}

/** What the page shows, given to it before it loads. Rows are known by their ids alone. */
export interface PagePlan {
  page: 'ours' | 'by hand' | 'burst';
  rows: PlannedRow[];
  /** For a burst: the project that has a list, and a container of it that waits for approval. */
  projectId: string;
  pendingId: string;
}

/** What the page has to tell. */
export interface PageMarks {
  marks: Record<string, RowMarks>;
  renders: Record<string, number>;
  visibility: DocumentVisibilityState;
  /** How many rows are inside the viewport. */
  inView: number;
}

declare global {
  interface Window {
    plan: PagePlan;
    addRows(rows: PlannedRow[]): void;
    readMarks(): PageMarks;
    mountRows(): void;
  }
}
