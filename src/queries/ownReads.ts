import type { Query } from '@tanstack/react-query';
import { heldBy } from '../internal/heldBy.js';
import { type ContainerStatus, isTerminalStatus } from '../model/status.js';
import type { AdvanceProgressOptions } from '../progress/options.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import type { ReadKind } from '../schedule/told.js';
import type { Follow } from '../schedule/track.js';

/** What a query function of ours reads. */
interface OwnRead {
  client: LayersClient;
  follow: Follow;
  estimate: AdvanceProgressOptions | undefined;
}

/** By query function. Not in TanStack's `meta`, which is dehydrated and sent to the browser. */
export const ownReads = new WeakMap<object, OwnRead>();

/** The read of a query or an observer whose query function is ours. */
export const ownReadOf = ({ options: { queryFn } }: { options: { queryFn?: unknown } }): OwnRead | undefined =>
  typeof queryFn === 'function' ? ownReads.get(queryFn) : undefined;

/** What a query holds, by its key; `undefined`: neither a container nor a job. */
export function followOf({ queryKey: [, , what, id] }: Pick<Query, 'queryKey'>): Follow | undefined {
  if (what !== 'container' && what !== 'job') return undefined;
  return { id: String(id), wants: what === 'job' ? 'job' : 'record', interval: undefined };
}

/** What an enabled observer follows, whoever its client is; `undefined`: nothing. */
function followIn(query: Query, observer: Query['observers'][number]): Follow | undefined {
  const { enabled, queryFn } = observer.options;
  const isEnabled = typeof queryFn === 'function' && (typeof enabled === 'function' ? enabled(query) : enabled) !== false;
  return isEnabled ? (ownReadOf(observer)?.follow ?? followOf(query)) : undefined;
}

/** What an observer follows with a client; `undefined`: it is disabled, or follows with another client of the scope, which shares the entries. */
export function followedBy(query: Query, observer: Query['observers'][number], client: LayersClient): Follow | undefined {
  const own = ownReadOf(observer);
  return own === undefined || own.client === client ? followIn(query, observer) : undefined;
}

/**
 * What a refetch reads: all that the observers need, because TanStack fetches with the options that were set last (`asked`), whoever asks. A record brings the
 * status, too; the progress is read beside it only in flight.
 */
export function readsOf(query: Query, asked: ReadKind): readonly ReadKind[] {
  const wanted = new Set([asked, ...query.observers.map((observer) => followIn(query, observer)?.wants)]);
  if (!wanted.has('record')) return [asked];
  const data = query.state.data as { status: ContainerStatus } | undefined;
  const isInFlight = data !== undefined && !isTerminalStatus(data.status);
  return isInFlight && wanted.has('progress') ? ['record', 'progress'] : ['record'];
}

/** The queries that the scheduler of a client hears of, by client. */
export const connected = heldBy(() => new WeakSet<object>());
