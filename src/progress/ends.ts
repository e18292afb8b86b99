import { callHost } from '../internal/callHost.js';
import { containerKey } from '../model/ids.js';
import type { ContainerProgress } from './ContainerProgress.js';

/** Called when a container ends that was seen in flight: once for each end, by each component or hook that was given them. */
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

/** Calls the handler for an end. @internal */
export function tellEnd({ onComplete, onFail }: ProgressEndHandlers, progress: ContainerProgress): void {
  const handler = progress.status === 'completed' ? onComplete : progress.status === 'failed' ? onFail : undefined;
  // Not within the cache's own update, which what a handler does must not disturb.
  if (handler) queueMicrotask(() => callHost(handler, progress));
}
