import { type ContainerListFilters, statusFilter } from '../../client/filters.js';
import type { ContainerSummary } from '../../model/container.js';
import { type ApprovalStatus, readApprovalStatus } from '../../model/status.js';

/** Filters of a list: the API's, and approval, for which the API has none (list-containers page). */
export interface ContainerListQuery extends ContainerListFilters {
  /**
   * One approval status or several; omitted: all. Filtered on the client, in pages of 200 rows: a load continues until it has found `limit` rows (25 by
   * default; it can return more) or read 5 pages. `hasNextPage` is `true` while there are more rows to read.
   */
  approval?: ApprovalStatus | readonly ApprovalStatus[] | undefined;
}

/** The lists named in the documentation (list-containers page), and one for review: `useContainerList(id, containerListPresets.inFlight)`. */
export const containerListPresets = {
  /** Everything in flight. */
  inFlight: { status: ['queued', 'processing'] },
  /** Containers that failed since an ISO 8601 time, to be regenerated. */
  rescueFailed: (since: string): ContainerListQuery => ({ status: 'failed', since }),
  /** Only UGC, to review it separately from brand content. */
  ugcOnly: { format: 'ugc-remix' },
  /** Everything completed, generated or uploaded. */
  library: { status: 'completed' },
  /** Completed containers that need approval. Filtered on the client. */
  needsReview: { status: 'completed', approval: 'pending' },
} as const satisfies Record<string, ContainerListQuery | ((since: string) => ContainerListQuery)>;

/** The normalized approval filter; `undefined`: none. */
export function approvalsOf({ approval }: ContainerListQuery): readonly string[] | undefined {
  // JavaScript callers pass null for none.
  if (approval === undefined || approval === null) return undefined;
  const list = [...new Set<string>(Array.isArray(approval) ? approval : [approval as string])].sort();
  return list.length === 0 ? undefined : list;
}

/** Whether a row matches the approval filter. An optimistic decision removes no row, because it can be rolled back. */
export const fitsApproval = ({ rawApprovalStatus }: ContainerSummary, approvals: readonly string[] | undefined): boolean =>
  approvals === undefined || approvals.includes(readApprovalStatus(rawApprovalStatus));

/** Whether a row matches the status filter. An unknown status counts as a match. */
export function fitsStatus({ status }: ContainerSummary, filters: Pick<ContainerListQuery, 'status'>): boolean {
  const asked = filters.status ?? [];
  const statuses = (typeof asked === 'string' ? [asked] : asked).map(statusFilter);
  return statuses.length === 0 || status === 'unknown' || statuses.includes(status);
}
