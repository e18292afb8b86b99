import type { Container, ContainerSummary } from './container.js';

/**
 * What a container is called: its caption, which lists tell as well as records, so that its name is the same whatever was read of it; before it has one,
 * its hook, or the topic of an old edition's brief. On one line; `null` where it has none.
 */
export function containerName({
  hook,
  caption,
  brief,
}: Pick<ContainerSummary, 'hook' | 'caption'> & Partial<Pick<Container, 'brief'>>): string | null {
  const topic = brief?.['topic'];
  const words = caption?.trim() || hook?.trim() || (typeof topic === 'string' ? topic.trim() : '');
  return words.replace(/\s+/g, ' ') || null;
}
