import type { ContainerPage, ContainerSummary } from '../../../src/core.js';
import { type ListData, listOfPage } from '../../../src/queries/list/listData.js';

/** The row of the container that was made in second `number`. */
export const row = (number: number, part: Partial<ContainerSummary> = {}): ContainerSummary => ({
  id: `cnt_${number}`,
  projectId: 'prj_1',
  status: 'completed',
  rawStatus: 'completed',
  approvalStatus: 'pending',
  rawApprovalStatus: 'pending',
  format: 'ugc-remix',
  creativeType: 'generated',
  hook: `Number ${number}`,
  caption: null,
  preview: null,
  lastError: null,
  createdAt: new Date(number * 1_000).toISOString(),
  updatedAt: null,
  completedAt: null,
  failedAt: null,
  ...part,
});

/** A page of the rows made in these seconds. */
export const page = (numbers: readonly number[], nextCursor: string | null = null): ContainerPage => ({
  containers: numbers.map((number) => row(number)),
  nextCursor,
  invalid: [],
});

/** A list of the rows made in these seconds, loaded to its end. */
export const listOf = (numbers: readonly number[], part: Partial<ListData> = {}): ListData => ({ ...listOfPage(page(numbers)), ...part });

/** The seconds in which rows were made. */
export const seconds = (rows: readonly ContainerSummary[]): number[] => rows.map(({ id }) => Number(id.replace('cnt_', '')));
