import type { ContainerListFilters } from '../../client/filters.js';
import type { ContainerSummary } from '../../model/container.js';
import { LayersError } from '../../model/errors.js';
import { type ApprovalStatus, readApprovalStatus } from '../../model/status.js';

/** What a list query can be filtered by: the API's filters, and approval, for which the API has none (list-containers page). */
export interface ContainerListQuery extends ContainerListFilters {
  /**
   * One approval status or several. Filtered on the client, in pages of 200 rows: a load continues until it has found `limit` rows (25 by default;
   * a load may bring more) or looked through 5 pages, and `hasNextPage` says whether there is more to look through. Left out: no filter.
   */
  approval?: ApprovalStatus | readonly ApprovalStatus[] | undefined;
}

/**
 * The lists that the documentation names (list-containers page), and the one it has no filter for: `useContainerList(id, containerListPresets.inFlight)`.
 */
export const containerListPresets = {
  /** Everything that is being produced. */
  inFlight: { status: ['queued', 'processing'] },
  /** What failed since a time in ISO 8601, to be generated again. */
  rescueFailed: (since: string): ContainerListQuery => ({ status: 'failed', since }),
  /** Only UGC, for a review of its own beside brand content. */
  ugcOnly: { format: 'ugc-remix' },
  /** Everything that is finished, generated or uploaded. */
  library: { status: 'completed' },
  /** What is finished and needs a decision. The API has no filter for approval: pages are looked through. */
  needsReview: { status: 'completed', approval: 'pending' },
} as const satisfies Record<string, ContainerListQuery | ((since: string) => ContainerListQuery)>;

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

/** Whether a row has an approval that the query asks for. A decision in flight moves no row: it may be rolled back, and its row has to be there to say so. */
export const fitsApproval = ({ rawApprovalStatus }: ContainerSummary, approvals: readonly string[] | undefined): boolean =>
  approvals === undefined || approvals.includes(readApprovalStatus(rawApprovalStatus));

/** Whether a row has a status that the query asks for. An unknown one is left to the server. */
export function fitsStatus({ status }: ContainerSummary, filters: Pick<ContainerListQuery, 'status'>): boolean {
  const asked = filters.status ?? [];
  const statuses: readonly string[] = typeof asked === 'string' ? [asked] : asked;
  return statuses.length === 0 || status === 'unknown' || statuses.includes(status);
}
