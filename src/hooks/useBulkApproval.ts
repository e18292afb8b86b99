'use client';
import { useSyncExternalStore } from 'react';
import { useLayers } from '../provider/LayersContext.js';
import { type BulkApprovalProgress, bulkApprovalOf, IDLE } from '../queries/bulkApproval.js';

/** The result of {@link useBulkApproval}. Its functions are stable. */
export interface UseBulkApprovalResult {
  /** The progress, with a result per row. */
  progress: BulkApprovalProgress;
  /** Whether the run is in progress, also while it waits for the write budget. */
  isRunning: boolean;
  /**
   * Approves these, each container once, or adds them to the run in progress. `note`: up to 1,024 characters, for all of them. Resolves with the progress when
   * none is left; never rejects.
   */
  approve: (containerIds: readonly string[], options?: { note?: string | undefined }) => Promise<BulkApprovalProgress>;
  /** Retries failed rows, except those someone else has decided, and resumes rows left by `stop`. */
  retry: () => Promise<BulkApprovalProgress>;
  /** Stops sending. Requests in flight still complete. */
  stop: () => void;
  /** Forgets the results of a run that has ended; does nothing while one is in progress. */
  dismiss: () => void;
}

/**
 * Approves many containers within the client's write budget; single decisions go first. Each row is an optimistic update, rolled back on failure. A 429
 * pauses the run and fails nothing. A client has one run: it continues if the component unmounts, and every component that uses this hook shows and stops it.
 *
 * @example
 * const { approve, progress, isRunning } = useBulkApproval();
 * <button disabled={isRunning} onClick={() => approve(selectedIds)}>Approve {selectedIds.length}</button>
 * <p>{progress.done} of {progress.total}, {progress.failed.length} failed</p>
 */
export function useBulkApproval(): UseBulkApprovalResult {
  const { client, queryClient } = useLayers();
  const bulk = bulkApprovalOf(client)(queryClient);
  const progress = useSyncExternalStore(bulk.subscribe, bulk.progress, () => IDLE);
  const { approve, retry, stop, dismiss } = bulk;
  return { progress, isRunning: progress.state === 'running' || progress.state === 'paused', approve, retry, stop, dismiss };
}
