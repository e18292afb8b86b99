import type { Container, ContainerSummary } from './container.js';

/** What a name is made of; a list row has no brief where the API sends none. */
type Named = Pick<ContainerSummary, 'hook' | 'caption'> & Partial<Pick<Container, 'brief'>>;

/**
 * What a container is called: its hook, else the old edition's `brief.hook`, else `brief.topic`, else its caption, on one line; `null` where it has none of
 * them. Blank ones count as missing.
 */
export function containerName({ hook, brief, caption }: Named): string | null {
  for (const words of [hook, brief?.['hook'], brief?.['topic'], caption]) {
    const name = typeof words === 'string' ? words.trim().replace(/\s+/g, ' ') : '';
    if (name !== '') return name;
  }
  return null;
}
