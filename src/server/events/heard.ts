import { isRecord } from '../../model/plainJson.js';
import type { Pushed } from '../../schedule/pushed.js';

const CONTENT = /^\/v1\/content\/([^/?]+)(\/progress)?$/;
const LIST = /^\/v1\/projects\/([^/?]+)\/content(?:\?|$)/;
const JOB = /^\/v1\/jobs\/([^/?]+)$/;

/** What a response says, as it is pushed. @param path from `/v1/` on */
export function pushedFrom(path: string, body: unknown, at: number): Pushed[] {
  if (!isRecord(body)) return [];
  const [, containerId, progress] = CONTENT.exec(path) ?? [];
  if (containerId !== undefined) return [{ kind: progress ? 'progress' : 'record', id: decodeURIComponent(containerId), body, at }];
  const [, jobId] = JOB.exec(path) ?? [];
  if (jobId !== undefined) return [{ kind: 'job', id: decodeURIComponent(jobId), body, at }];
  const [, projectId] = LIST.exec(path) ?? [];
  if (projectId === undefined || !Array.isArray(body['items'])) return [];
  return body['items'].flatMap((row: unknown): Pushed[] => {
    const id = isRecord(row) ? (row['containerId'] ?? row['id']) : undefined;
    return typeof id === 'string' ? [{ kind: 'row', id, projectId: decodeURIComponent(projectId), body: row, at }] : [];
  });
}
