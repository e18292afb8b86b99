import * as z from 'zod/mini';
import { PUSH_VERSION } from '../../client/offer.js';
import { type EventsRequest, MOST_FOLLOWED } from '../../schedule/pushed.js';
import { isId } from '../routes.js';
import { Refusal } from '../refusal.js';

const id = () => z.string().check(z.refine(isId));
/** Whether it names a job alone, or a container: `authorize` is asked about one target. */
const isOfOneThing = (wants: readonly string[]) => !wants.includes('job') || wants.length === 1;

const wireRequest = z.object({
  stream: z._default(z.nullable(z.string().check(z.maxLength(64))), null),
  follow: z.array(
    z.object({
      id: id(),
      wants: z.array(z.enum(['record', 'progress', 'status', 'job'])).check(z.minLength(1), z.maxLength(3), z.refine(isOfOneThing)),
      isOnScreen: z.boolean(),
      isKnown: z.boolean(),
    }),
  ),
  projects: z.array(id()),
});

/**
 * What a stream is to follow, a new one or one that is open.
 *
 * @param text the request's body
 * @throws Refusal 400 for a body of another shape, for more than 500 things to follow, and for another version of the messages
 */
export function eventsRequest(text: string, version: string | null): EventsRequest {
  if (version !== PUSH_VERSION) throw invalid(`its version of events isn't ${PUSH_VERSION}`);
  const json: unknown = text === '' ? null : JSON.parse(text);
  const read = z.safeParse(wireRequest, json);
  if (!read.success) throw invalid(`${read.error.issues[0]?.path.join('.') || 'the body'} isn't what is expected`);
  const { follow, projects } = read.data;
  if (follow.length + projects.length > MOST_FOLLOWED)
    throw new Refusal(
      400,
      'TOO_MANY_FOLLOWED',
      `A stream of events follows up to ${MOST_FOLLOWED} containers, jobs and projects, and this request has ${follow.length + projects.length}. Nothing is followed. Read the others by themselves.`,
    );
  return read.data;
}

const instancePattern = /^([\w-]{1,64})\.(\d{1,15})$/;

/** The last change that has arrived, if this process sent it; `null`: everything is sent. @param header `Last-Event-ID` */
export function resumedFrom(header: string | null, instance: string, last: number): number | null {
  const [, sender, seq] = instancePattern.exec(header ?? '') ?? [];
  return sender === instance && Number(seq) <= last ? Number(seq) : null;
}

const invalid = (what: string) =>
  new Refusal(
    400,
    'VALIDATION',
    `The request for events can't be used: ${what}. Nothing is followed. Send what layers-react sends, of the same version as the server part.`,
  );
