import type { Container, ContainerSummary } from '../model/container.js';
import { containerName } from '../model/containerName.js';

/** What a container is called on the page; `null` until its record has been read, where nothing else names it: nobody knows yet that it has no name. */
export function shownName(container: Container | ContainerSummary, { untitled }: { untitled: string }): string | null {
  const isAwaited = 'isPartial' in container && container.isPartial === true;
  return containerName(container) ?? (isAwaited ? null : untitled);
}
