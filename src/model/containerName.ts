import type { ContainerSummary } from './container.js';

/**
 * What a container is called: its caption, which lists tell as well as records, so that its name is the same whatever was read of it; before it has one,
 * its hook. On one line; `null` where it has neither.
 */
export function containerName({ hook, caption }: Pick<ContainerSummary, 'hook' | 'caption'>): string | null {
  const words = caption?.trim() || hook?.trim() || '';
  return words.replace(/\s+/g, ' ') || null;
}
