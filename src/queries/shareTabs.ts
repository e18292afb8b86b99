import { monotonicNow } from '../internal/monotonicNow.js';
import { LayersError, type LayersErrorInit } from '../model/errors.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import type { Told } from '../schedule/told.js';
import { type Follow, trackKey } from '../schedule/track.js';
import type { ContainerCache } from './containerCache.js';
import { Tabs } from './tabs.js';

/** Something that a tab follows, as sent to the leader tab. */
interface Followed {
  follow: Follow;
  isOnScreen: boolean;
  isAwaited: boolean;
}

/** After this silence of the leader tab, in milliseconds, each tab schedules its own reads until a leader responds. */
const SILENCE_MS = 3_000;

const shared = new WeakSet<LayersClient>();

/**
 * Connects a client with the other tabs of its origin and connection: the leader tab schedules what all of them follow, and broadcasts the results. User
 * actions are read by their own tab, counted once, and broadcast too.
 */
export function shareTabs(client: LayersClient, cache: ContainerCache): void {
  if (!client.settings.shareTabs || shared.has(client) || typeof document === 'undefined') return;
  shared.add(client);
  const { schedule } = client;
  const remote = new Map<string, () => void>();
  const remoteFollows = new WeakSet<Follow>();
  /** What is being told here was heard from another tab. */
  let isHearing = false;
  let tabs: Tabs<Followed[], Told[]> | undefined;

  const join = (): Tabs<Followed[], Told[]> =>
    new Tabs(client.connection, {
      isVisible: () => schedule.page.isVisible,
      isAwaiting: () => schedule.page.isAnythingAwaited,
      follows: () => [...schedule.follows()].filter(({ follow }) => !remoteFollows.has(follow)),
      followsOf: (tab, follows) => {
        remote.get(tab)?.();
        remote.delete(tab);
        if (follows !== null) remote.set(tab, followFor(follows));
      },
      leads: () => schedule.wake(),
      news: (told) => {
        isHearing = true;
        try {
          // No read that began here before undoes what was decided there.
          for (const each of told) if (each.kind === 'approval') client.decisions.settle(each.id, each.status);
          schedule.tell(told.map(revive));
        } finally {
          isHearing = false;
        }
      },
    });

  function followFor(follows: readonly Followed[]): () => void {
    const ends = [cache.use({})];
    for (const { follow, isOnScreen, isAwaited } of follows) {
      const token = {};
      const own = { ...follow };
      remoteFollows.add(own);
      const known = cache.knownOf(trackKey(own));
      // What is known here is no news to this tab, and so nothing would be read for the other.
      if (known.length > 0) tabs?.tell(known.map(plain));
      schedule.follow(token, own, cache.factsAt(own));
      ends.push(() => schedule.unfollow(token, own));
      if (own.wants !== 'job') ends.push(schedule.show(own.id, token, isOnScreen));
      if (isAwaited && own.wants !== 'job') ends.push(schedule.awaitEnd(own.id));
    }
    return () => {
      for (const end of ends) end();
    };
  }

  schedule.leadBy({
    get leadsAt() {
      if (tabs === undefined || tabs.isLeader) return Number.NEGATIVE_INFINITY;
      const now = monotonicNow();
      return now - tabs.leaderSilentFor(now) + SILENCE_MS;
    },
    join: () => {
      if (tabs !== undefined) return;
      tabs = join();
      tabs.start();
    },
    followsChanged: () => {
      tabs?.setVisible(schedule.page.isVisible);
      tabs?.followsChanged();
    },
    told: (told) => {
      if (!isHearing) tabs?.tell(told.flatMap((each) => (each.kind === 'decision' ? [] : [plain(each)])));
    },
  });
  schedule.onClose(() => {
    tabs?.close();
    tabs = undefined;
    for (const end of remote.values()) end();
    remote.clear();
  });
}

/** A `BroadcastChannel` doesn't preserve error classes: sends the error's fields instead. */
function plain(told: Told): Told {
  if (told.kind !== 'error' || !(told.error instanceof LayersError))
    return told.kind === 'error' ? { ...told, error: { code: 'NETWORK', message: String(told.error) } } : told;
  const { code, message, status, requestId, details, retryAfterMs } = told.error;
  return { ...told, error: { code, message, status, requestId, details, retryAfterMs } };
}

function revive(told: Told): Told {
  return told.kind === 'error' ? { ...told, error: new LayersError(told.error as LayersErrorInit) } : told;
}
