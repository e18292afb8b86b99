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

/** A container status as sent → the status it means, in either edition (model rule 1). A word this version does not know reads as `unknown`. */
export function readContainerStatus(raw: string): ContainerStatus {
  switch (raw) {
    case 'generating':
      return 'processing';
    case 'cancelled':
      return 'canceled';
    case 'queued':
    case 'processing':
    case 'completed':
    case 'failed':
    case 'canceled':
      return raw;
    default:
      return 'unknown';
  }
}

/** An approval status as sent → the status it means (model rule 1). A word this version does not know, or none at all, reads as `unknown`. */
export function readApprovalStatus(raw: string): ApprovalStatus {
  switch (raw) {
    case 'not_required':
    case 'pending':
    case 'approved':
    case 'rejected':
      return raw;
    default:
      return 'unknown';
  }
}

/** A format in the spelling of the current edition: `video_remix` and `video-remix` are one format (model rule 1). */
export function normalizeFormat(format: string): string {
  return format.replaceAll('_', '-');
}
