import * as z from 'zod/mini';
import { type ContainerSummary, summaryOf, wireSummary } from './container.js';
import { lazily, readBody, reasonOf, requiredList, text } from './wire.js';

/** One page of a project's containers, newest first. */
export interface ContainerPage {
  containers: ContainerSummary[];
  /** Opaque; pass it back verbatim. `null` ends the list (also where the server left it out or sent an empty one). */
  nextCursor: string | null;
  /** Rows that could not be read, so that one bad row never costs the page its good ones. */
  invalid: { index: number; reason: string }[];
}

const wirePage = lazily(() => z.object({ items: requiredList(), nextCursor: text() }));

/**
 * Normalizes the body of `GET /v1/projects/:projectId/content`. A row without an id is dropped and reported in `invalid` (model rule 5); an id that comes
 * twice stays twice.
 * @throws LayersError `INVALID_RESPONSE` where it is no object or has no `items`.
 */
export function parseContainerPage(json: unknown): ContainerPage {
  const wire = readBody(wirePage(), json, 'a page of containers');
  const page: ContainerPage = { containers: [], nextCursor: wire.nextCursor === '' ? null : wire.nextCursor, invalid: [] };
  for (const [index, row] of wire.items.entries()) {
    const read = z.safeParse(wireSummary(), row);
    if (read.success) page.containers.push(summaryOf(read.data));
    else page.invalid.push({ index, reason: reasonOf(read.error.issues[0]) });
  }
  return page;
}
