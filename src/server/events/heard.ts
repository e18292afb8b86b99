import { lateBy } from '../../client/transport.js';
import { isLayersError } from '../../model/errors.js';
import { isRecord } from '../../model/plainJson.js';
import { isTerminalStatus } from '../../model/status.js';
import { type FollowRequest, type Pushed, toldFrom } from '../../schedule/pushed.js';
import type { Told } from '../../schedule/told.js';

const CONTENT = /^\/v1\/content\/([^/?]+)(\/progress)?$/;
const LIST = /^\/v1\/projects\/([^/?]+)\/content(?:\?|$)/;
const WHOLE_LIST = /^\/v1\/projects\/([^/?]+)\/content(?:$|\?(?!.*\b(?:status|format|creativeType|until|cursor)=))/;
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

/** The container whose progress a path is; `null`: it is none's. */
export function progressOf(path: string): string | null {
  const [, containerId, progress] = CONTENT.exec(path) ?? [];
  return containerId !== undefined && progress !== undefined ? decodeURIComponent(containerId) : null;
}

/** The project whose newest containers a path lists, of every kind; `null`: it doesn't. */
export function wholeListOf(path: string): string | null {
  const [, projectId] = WHOLE_LIST.exec(path) ?? [];
  return projectId === undefined ? null : decodeURIComponent(projectId);
}

/** A failed read, as it is pushed. */
export function pushedFailure({ id, read, error, askedAt }: Told & { kind: 'error' }): Pushed {
  const { code, message, status } = isLayersError(error) ? error : lateBy('NETWORK');
  return { kind: 'error', id, read, error: { code, message, status }, at: askedAt };
}

/** What a viewer follows who polls a path; `null`: nothing. A record brings little news while its container is in flight: its status does. */
export function followedBy(path: string): FollowRequest | null {
  const [, containerId, progress] = CONTENT.exec(path) ?? [];
  const [, jobId] = JOB.exec(path) ?? [];
  const id = containerId ?? jobId;
  if (id === undefined) return null;
  const wants = jobId !== undefined ? 'job' : progress ? 'progress' : 'status';
  return { id: decodeURIComponent(id), wants: [wants], isOnScreen: wants !== 'status', isKnown: true };
}

/** Whether a response shows a container or a job in flight. */
export function isInFlight(pushed: Pushed): boolean {
  const told = toldFrom(pushed, pushed.at);
  if (told === undefined || !('value' in told)) return false;
  return told.kind === 'job' ? told.value.status === 'running' : !isTerminalStatus(told.value.status);
}
