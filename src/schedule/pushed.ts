import { parseContainer } from '../model/container.js';
import { parseContainerPage } from '../model/containerPage.js';
import { LayersError } from '../model/errors.js';
import { parseJob } from '../model/job.js';
import { isRecord } from '../model/plainJson.js';
import { parseProgress } from '../model/progress.js';
import { type ReadKind, type Told, toldOfPage } from './told.js';
import { type Follow, trackKey } from './track.js';

/** Something that a browser follows, as sent to the server part. */
export interface FollowRequest {
  id: string;
  /** `job` alone, for a job; else any of the others. */
  wants: Follow['wants'][];
  isOnScreen: boolean;
  /** Whether everything up to the request's `Last-Event-ID` has arrived there. */
  isKnown: boolean;
  /** As in `Follow`: the server part's own, never a browser's. */
  share?: number | undefined;
}

/** The key of what is followed, as in `trackKey`. */
export const followKey = ({ id, wants }: Pick<FollowRequest, 'id' | 'wants'>): string =>
  trackKey({ id, wants: wants.includes('job') ? 'job' : 'status' });

/** The body of `POST …/v1/events`. */
export interface EventsRequest {
  /** The open stream that follows this from now on, by its id; `null`: a new stream is opened. */
  stream: string | null;
  follow: FollowRequest[];
  /** The projects whose lists are followed. */
  projects: string[];
}

/** Something that the server part has read, as it sends it to browsers: the API's own JSON. `at`: when it was requested, on the clock of {@link PushMessage.now}. */
export type Pushed =
  | { kind: ReadKind; id: string; body: unknown; at: number }
  /** A row of a project's list. */
  | { kind: 'row'; id: string; projectId: string; body: unknown; at: number }
  /** A read that failed for good, or with nothing else known. `list`: that of the project `id`. */
  | { kind: 'error'; id: string; read: ReadKind | 'list'; error: { code: string; message: string; status: number | null }; at: number };

/** The data of one event; what is `null` or empty is left out of its JSON. */
export interface PushMessage {
  /** The server's clock in milliseconds: it has no date, and never runs backwards. */
  now: number;
  /** Everything followed that is in flight, and doesn't fail, was requested then or later; `null`: there is none. */
  readAt: number | null;
  /** What has changed. */
  told: Pushed[];
  /** The id of the stream, in its first event; `null`: in others. */
  stream: string | null;
}

/** How often the server part sends an event at least, in milliseconds. */
export const BEAT_MS = 2_000;
/** Most containers, jobs and projects that one stream follows. */
export const MOST_FOLLOWED = 500;

const PARSERS = { record: parseContainer, progress: parseProgress, job: parseJob };

/** What was pushed, normalized like the response of a read. `undefined`: it can't be used. @param askedAt when it was requested, on the clock of `monotonicNow` */
export function toldFrom(pushed: Pushed, askedAt: number): Told | undefined {
  const { id } = pushed;
  try {
    if (pushed.kind === 'row')
      return toldOfPage(pushed.projectId, { value: parseContainerPage({ items: [pushed.body], nextCursor: null }), askedAt })[0];
    if (pushed.kind !== 'error') return { kind: pushed.kind, id, value: PARSERS[pushed.kind](pushed.body, id), askedAt } as Told;
    // Whoever shows a list reads it.
    if (pushed.read === 'list') return undefined;
    const { code, message, status } = pushed.error;
    const error = new LayersError({ code: String(code), message: String(message), ...(typeof status === 'number' && { status }) });
    return { kind: 'error', id, read: pushed.read, error, askedAt };
  } catch {
    // A body that can't be parsed doesn't cost the others: its container is polled.
    return undefined;
  }
}

/** An event's data. `undefined`: it can't be read. */
export function pushMessage(data: unknown): PushMessage | undefined {
  if (!isRecord(data) || typeof data['now'] !== 'number') return undefined;
  const { now, readAt, told, stream } = data;
  const isPushed = (each: unknown) => isRecord(each) && typeof each['id'] === 'string' && typeof each['at'] === 'number';
  return {
    now,
    readAt: typeof readAt === 'number' ? readAt : null,
    told: Array.isArray(told) ? (told.filter(isPushed) as Pushed[]) : [],
    stream: typeof stream === 'string' ? stream : null,
  };
}
