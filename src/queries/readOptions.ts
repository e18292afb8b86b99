import type { Query, QueryFunctionContext } from '@tanstack/react-query';
import type { AdvanceProgressOptions } from '../progress/options.js';
import type { Container } from '../model/container.js';
import { heldBy } from '../internal/heldBy.js';
import { isTerminalStatus } from '../model/status.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { type AskedInterval, CADENCE } from '../schedule/cadence.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import type { ReadKind } from '../schedule/told.js';
import { type Follow, trackKey } from '../schedule/track.js';
import { asked } from './asked.js';
import { cacheOf } from './cacheOf.js';
import { isEntry } from '../entries/entry.js';
import { shareEntry } from '../entries/makeEntry.js';
import type { ContainerCache } from './containerCache.js';
import { containerQueryKey, jobQueryKey } from './keys.js';
import { connected, ownReadOf, ownReads, readsOf } from './ownReads.js';
import { notingUnobserved, retryUnobserved } from './unobserved.js';

/** Polling options of containers, progress and jobs. */
export interface PollingOptions {
  /**
   * Polling interval in milliseconds while in flight, at least 1,000; `false` and 0 disable polling.
   * @default the documented cadence: 2 s, and 5 s once a stage has lasted 30 s
   */
  refetchInterval?: AskedInterval;
}

/** Common options of our queries: TanStack fetches only first data and explicit refetches, and retries only what nothing observes. */
const scheduled = {
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
  retryOnMount: true,
  ...retryUnobserved,
  // Offline is reported as an error at once; `navigator.onLine` is often wrong.
  networkMode: 'always',
  refetchOnMount: true,
  refetchIntervalInBackground: true,
} as const;

/** Query options for something that the scheduler follows. */
export function readOptions(
  client: LayersClient,
  kind: ReadKind,
  id: string,
  { refetchInterval, estimate }: PollingOptions & { estimate?: AdvanceProgressOptions | undefined },
) {
  const queryKey = kind === 'job' ? jobQueryKey(client, id) : containerQueryKey(client, id);
  const follow: Follow & { wants: ReadKind } = { id, wants: kind, interval: refetchInterval };
  const queryFn = async ({ signal, client: queryClient }: QueryFunctionContext): Promise<unknown> => {
    const query = queryClient.getQueryCache().find({ queryKey, exact: true }) as Query;
    const isConnected = connected(client).has(query);
    const cache = cacheOf(client, queryClient);
    // A disabled observer fetches only when it is told to.
    const isAsked = asked.delete(query);
    const isMount = query.isActive() && cache.isMounting(query);
    // A mount isn't a user action: it takes the first result of any read. An error boundary is mounted again without waiting for the backoff: TanStack fetches
    // only after its reset.
    if (query.state.data === undefined && isMount) {
      const isReset = query.observers.some(({ options }) => Boolean(options.throwOnError));
      await client.schedule.first(trackKey(follow), signal, isReset);
    } else if (query.getObserversCount() === 0)
      await notingUnobserved({ client: queryClient, queryKey }, readUnobserved(client, cache, follow, query, signal));
    else if (!isMount || isConnected) {
      const kinds = readsOf(query, kind);
      const turn = isMount && !isAsked ? 'screen' : 'person';
      // Both hooks of a container that refetch in one moment replace each other's fetch: only the last one takes slots.
      await Promise.resolve();
      signal.throwIfAborted();
      const all = await Promise.allSettled(kinds.map(async (each) => cache.tell([await client.schedule.read(each, id, turn, signal)])));
      // The response to one read is kept where the other fails; that failure is the query's.
      for (const each of all) if (each.status === 'rejected') throw each.reason;
    }
    // Else it was fetched only to connect the cache: what is mounted is followed from now on.
    return queryClient.getQueryData(queryKey);
  };
  ownReads.set(queryFn, { client, follow, estimate });
  // Mounted data is kept current by the scheduler. A loader without observers gets complete data that isn't too old.
  const staleTime = (query: Query): number => {
    if (query.getObserversCount() > 0) return connected(client).has(query) ? Number.POSITIVE_INFINITY : 0;
    const data = query.state.data as Container | ContainerProgress | undefined;
    // What a persister kept for longer can be anything.
    if (typeof data !== 'object' || data === null || !isWhole(kind, data)) return 0;
    return isTerminalStatus(data.status) ? Number.POSITIVE_INFINITY : CADENCE.slow;
  };
  // The cache of hydrated data, without a provider, is connected by the first fetch. Suspense and hosts can raise `staleTime`, so that a mount fetches nothing.
  const connect = (query: Query): number | false => (connected(client).has(query) || ownReadOf(query) === undefined ? false : 1);
  // Also before a client sets it as a default, with the first fetch: an observer keeps the options it was created with.
  const sharing = kind === 'job' ? {} : { structuralSharing: shareEntry };
  return { queryKey, queryFn, staleTime, refetchInterval: connect, ...sharing, ...scheduled };
}

/** The fetches under way that no observer waits for. */
const unobserved = heldBy(() => new Set<AbortSignal>());

/** A read for a loader or a suspended component. One at a time is sent at once, so that no burst delays a user action; lists cover others without data. */
async function readUnobserved(
  client: LayersClient,
  cache: ContainerCache,
  follow: Follow & { wants: ReadKind },
  query: Query,
  signal: AbortSignal,
): Promise<void> {
  const { schedule } = client;
  const underWay = unobserved(cache);
  const isAlone = underWay.size === 0;
  underWay.add(signal);
  let leave: (() => void) | undefined;
  try {
    // In a hidden page nothing is planned, but a fetch is still answered.
    if (!isAlone && query.state.data === undefined && schedule.page.isVisible) {
      leave = cache.use(signal, follow);
      await schedule.first(trackKey(follow), signal, true);
    } else {
      // A loader has use for the last good response.
      const { told } = await schedule.reads.single(follow.wants, follow.id, isAlone ? 'person' : 'first', signal);
      schedule.tell([told]);
      cache.tell([told]);
    }
  } finally {
    underWay.delete(signal);
    leave?.();
  }
}

/** Whether cached data is all that a read of this kind would bring. */
function isWhole(kind: ReadKind, data: Container | ContainerProgress): boolean {
  if (kind === 'job') return true;
  if (kind === 'record') return 'id' in data && data.isPartial !== true;
  return isTerminalStatus(data.status) || (isEntry(data) ? data.sources.hasProgress : 'containerId' in data);
}
