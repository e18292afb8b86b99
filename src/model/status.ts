/** Where a container is in its life. `unknown` is a word from a newer server: not terminal, kept beside it in `rawStatus`. */
export type ContainerStatus = 'queued' | 'processing' | 'completed' | 'failed' | 'canceled' | 'unknown';

/** Where a container is in review; independent of {@link ContainerStatus}. */
export type ApprovalStatus = 'not_required' | 'pending' | 'approved' | 'rejected' | 'unknown';

/** How a container was made: `generated` (also where the edition does not say) or `uploaded`. */
export type CreativeType = 'generated' | 'uploaded';

/** The formats known today. Formats are an open set: a container's `format` is any string. Hyphens; underscores read the same. */
export type ContainerFormat = 'slideshow-builder' | 'ugc-remix' | 'video-remix' | 'slideshow-remix' | 'auto';

/** Whether a container of this status will not change by itself any more: `completed`, `failed` or `canceled`. */
export function isTerminalStatus(status: ContainerStatus): boolean {
  return status === 'completed' || status === 'failed' || status === 'canceled';
}
