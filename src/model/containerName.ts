import type { ContainerSummary } from './container.js';

/** What a container is called: its hook, else its caption, on one line; `null` where it has neither. */
export function containerName({ hook, caption }: Pick<ContainerSummary, 'hook' | 'caption'>): string | null {
  const words = hook?.trim() || caption?.trim() || '';
  return words.replace(/\s+/g, ' ') || null;
}
