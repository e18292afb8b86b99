import type { Container, ContainerSummary } from '../model/container.js';

/** Whether a container is known to be completed, and its media is still to be read. */
export function awaitsOutcome(container: Container | ContainerSummary): boolean {
  return container.status === 'completed' && container.preview === null && 'isPartial' in container && container.isPartial === true;
}
