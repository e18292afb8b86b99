import { containerKey } from '../model/ids.js';
import type { ContainerProgress } from './ContainerProgress.js';

/** Called when a container ends that was seen in flight: once for each end, however many components or hooks ask for it. */
export interface ProgressEndHandlers {
  /** It was completed. Not called for one that had ended before it was first read. */
  onComplete?: ((progress: ContainerProgress) => void) | undefined;
  /** It failed. One that was canceled calls neither. Not called for one that had ended before it was first read. */
  onFail?: ((progress: ContainerProgress) => void) | undefined;
}

/** What tells one life of a container from another. */
type Life = Pick<ContainerProgress, 'isTerminal' | 'startedAt' | 'containerId'>;

/** Whether `after` is the end of the life that `before` was in. @internal */
export function endsLife(before: Life, after: Life): boolean {
  return (
    !before.isTerminal &&
    after.isTerminal &&
    before.startedAt === after.startedAt &&
    containerKey(before.containerId) === containerKey(after.containerId)
  );
}

const told = new Set<string>();
const TOLD_KEPT = 1_000;

/** Whether an end has not been told yet to this sort of listener; from then on it has. @internal */
export function claimEnd(sort: 'handlers' | 'notification', { containerId, startedAt }: ContainerProgress): boolean {
  const key = `${sort} ${containerKey(containerId)} ${startedAt}`;
  if (told.has(key)) return false;
  told.add(key);
  for (const oldest of told) {
    if (told.size <= TOLD_KEPT) break;
    told.delete(oldest);
  }
  return true;
}

/** Calls the handler for an end, unless another has been called for it. @internal */
export function tellEnd({ onComplete, onFail }: ProgressEndHandlers, progress: ContainerProgress): void {
  const handler = progress.status === 'completed' ? onComplete : progress.status === 'failed' ? onFail : undefined;
  if (!handler || !claimEnd('handlers', progress)) return;
  // Not within the cache's own update, which what a handler does or throws must not disturb.
  queueMicrotask(() => handler(progress));
}
