'use client';
import { useMemo, useSyncExternalStore } from 'react';
import { useLayers } from '../provider/LayersContext.js';
import { BulkApproval, type BulkApprovalProgress } from '../queries/bulkApproval.js';

/** What {@link useBulkApproval} gives. The functions stay the same. */
export interface UseBulkApprovalResult {
  /** How far it is, row by row. */
  progress: BulkApprovalProgress;
  /** Whether some are still to be decided, also while the write budget makes them wait. */
  isRunning: boolean;
  /**
   * Approves these, each container once; while a bulk is under way they are added to it. `note`: up to 1,024 characters, for all of them. Resolves with
   * the progress when none is left, and never rejects.
   */
  approve: (containerIds: readonly string[], options?: { note?: string | undefined }) => Promise<BulkApprovalProgress>;
  /** Approves again those that failed, save what somebody else has decided, and those that were left when it was stopped. */
  retry: () => Promise<BulkApprovalProgress>;
  /** Lets no other leave. What is on its way comes out as it comes out. */
  stop: () => void;
}

/**
 * Approves many containers within the client's write budget, which single decisions share and go first in. Each row is shown as approved when it is sent,
 * and taken back if it fails. A 429 makes all wait and fails none. It goes on when the component goes.
 *
 * @example
 * const { approve, progress, isRunning } = useBulkApproval();
 * <button disabled={isRunning} onClick={() => approve(selectedIds)}>Approve {selectedIds.length}</button>
 * <p>{progress.done} of {progress.total}, {progress.failed.length} failed</p>
 */
export function useBulkApproval(): UseBulkApprovalResult {
  const { client, queryClient } = useLayers();
  const bulk = useMemo(() => new BulkApproval(client, queryClient), [client, queryClient]);
  const progress = useSyncExternalStore(bulk.subscribe, bulk.progress, bulk.progress);
  const { approve, retry, stop } = bulk;
  return { progress, isRunning: progress.state === 'running' || progress.state === 'paused', approve, retry, stop };
}
