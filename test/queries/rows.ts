import type { ContainerSummary } from '../../src/core.js';

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
