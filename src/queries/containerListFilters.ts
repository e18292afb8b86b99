import type { ContainerListFilters } from '../client/filters.js';
import type { ContainerSummary } from '../model/container.js';
import { LayersError } from '../model/errors.js';
import { type ApprovalStatus, readApprovalStatus } from '../model/status.js';

/** What a list query can be filtered by: the API's filters, and approval, for which the API has none (list-containers page). */
export interface ContainerListQuery extends ContainerListFilters {
  /**
   * One approval status or several. Looked for here, page by page, in pages of 200 rows: a load goes on until it has found `limit` rows (25 unless
   * given; a load may bring more) or looked through 5 pages, and `hasNextPage` says whether there is more to look through. Left out: no filter.
   */
  approval?: ApprovalStatus | readonly ApprovalStatus[] | undefined;
}

const STATUSES: readonly string[] = ['not_required', 'pending', 'approved', 'rejected', 'unknown'];

/** The approval filter in one canonical form; `undefined`: none. */
export function approvalsOf({ approval }: ContainerListQuery): readonly string[] | undefined {
  // Callers in JavaScript write null for none.
  if (approval === undefined || approval === null) return undefined;
  const list = [...new Set<string>(Array.isArray(approval) ? approval : [approval as string])].sort();
  return list.length === 0 ? undefined : list;
}

/** @throws LayersError `INVALID_INPUT` that names the filter, before a read is spent on it */
export function checkApproval(approvals: readonly string[]): void {
  const bad = approvals.find((status) => !STATUSES.includes(status));
  if (bad === undefined) return;
  throw new LayersError({
    code: 'INVALID_INPUT',
    message: `layers-react: the list filter approval is ${JSON.stringify(bad)}, so the list was not read. It takes ${STATUSES.join(', ')}.`,
    details: { path: 'approval', value: bad },
  });
}

/** Whether a row is one that the query asks for. A decision that is on its way moves none: it may yet be taken back, and its row has to be there to say so. */
export const fitsApproval = ({ rawApprovalStatus }: ContainerSummary, approvals: readonly string[] | undefined): boolean =>
  approvals === undefined || approvals.includes(readApprovalStatus(rawApprovalStatus));

/** Whether a row is of a status that the query asks for. One that is not known is the server's to judge. */
export function fitsStatus({ status }: ContainerSummary, filters: Pick<ContainerListQuery, 'status'>): boolean {
  const asked = filters.status ?? [];
  const statuses: readonly string[] = typeof asked === 'string' ? [asked] : asked;
  return statuses.length === 0 || status === 'unknown' || statuses.includes(status);
}
