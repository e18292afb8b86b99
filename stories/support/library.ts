import type { Container } from '../../src/model/container.js';
import { createContainers, NOW } from './containers.js';
import { previews as ownPreviews } from './previews.js';

/** So many containers of a library, newest first: every state among them, those in flight at the top. */
export function createLibrary(count: number, previews = ownPreviews): Container[] {
  const one = createContainers(previews);
  const flying = [one.queued, one.processing];
  const ended = [
    one.toApprove,
    one.approved,
    one.ready,
    one.toApprove,
    one.failed,
    one.rejected,
    one.approved,
    one.withoutMedia,
    one.canceled,
  ];
  return Array.from({ length: count }, (_, index) => ({
    ...((index < 3 ? flying[index % 2] : ended[index % ended.length]) as Container),
    id: `cnt_${String(index).padStart(5, '0')}`,
    createdAt: new Date(NOW - index * 37 * 60_000).toISOString(),
  }));
}
