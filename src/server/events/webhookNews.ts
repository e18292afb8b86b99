import { monotonicNow } from '../../internal/monotonicNow.js';
import { containerKey } from '../../model/ids.js';
import type { Pushed } from '../../schedule/pushed.js';
import type { WebhookSubject } from '../webhooks/subject.js';
import type { Followed } from './followed.js';

/** For so long, in milliseconds, the API's reads may still say what was before: they aren't a new generation. */
const LAG_MS = 5_000;

/**
 * What a webhook says about its containers, for those that somebody follows, either by id or through the list of their project.
 *
 * @param projectOf the project of a container, by its key; `null`: unknown. The documented webhooks of jobs name none
 * @param apiNow the API's time in milliseconds since 1970
 */
export function webhookNews(
  subject: WebhookSubject,
  followed: Followed,
  projectOf: (key: string) => string | null,
  apiNow: number,
): Pushed[] {
  return subject.containerIds.flatMap((id) => {
    const key = containerKey(id);
    const row = followed.row(key);
    if (row === undefined && !followed.has(key)) return [];
    const known = [...(row ? [row] : []), ...[...followed.reads(key)].map(({ pushed }) => pushed)];
    return newsOf(id, subject.projectId ?? row?.projectId ?? projectOf(key), subject, {
      known,
      endedAt: new Date(apiNow + LAG_MS).toISOString(),
    });
  });
}

/** As a row of its list, or as progress if its project isn't known. @param known what was read of it before */
function newsOf(
  id: string,
  projectId: string | null,
  { status, approvalStatus }: WebhookSubject,
  { known, endedAt }: { known: readonly Pushed[]; endedAt: string },
): Pushed[] {
  const at = monotonicNow();
  if (projectId === null)
    return status === null ? [] : [{ kind: 'progress', id, body: { containerId: id, status, updatedAt: endedAt }, at }];
  // A record has everything that a row has.
  const row = known.findLast((pushed) => pushed.kind === 'row' || pushed.kind === 'record');
  if (status === null && (row === undefined || approvalStatus === null)) return [];
  const { updatedAt: _, ...before } = (row && 'body' in row ? row.body : {}) as Record<string, unknown>;
  const body = {
    ...before,
    containerId: id,
    ...(status !== null && { status, [status === 'completed' ? 'completedAt' : 'failedAt']: endedAt }),
    ...(approvalStatus !== null && { approvalStatus }),
  };
  return [{ kind: 'row', id, projectId, body, at }];
}
