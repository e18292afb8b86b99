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

/**
 * Connects a client with its other tabs: the leader schedules what all of them follow, and broadcasts the results. User actions are read by their own tab.
 * @param cache takes in what is read for other tabs @param caches all of this tab: each provider can have one
 */
export function shareTabs({ connection, decisions, schedule }: LayersClient, cache: ContainerCache, caches: () => ContainerCache[]): void {
  let tabs: Tabs<Followed[], Told[]> | undefined;
  /** What was last heard from another tab, and isn't repeated. */
  let heard: readonly Told[] = [];

  function followFor(follows: readonly Followed[], _: string, before: readonly Followed[] = []): () => void {
    // What is known here is no news to this tab, and so nothing would be read for the other.
    const mounted = new Map<string, number>();
    for (const { follow } of before) mounted.set(trackKey(follow), (mounted.get(trackKey(follow)) ?? 0) + 1);
    const known = follows.flatMap(({ follow }) => (mounted.has(trackKey(follow)) ? [] : caches().flatMap((each) => each.knownOf(follow))));
    if (known.length > 0) tabs?.tell(known.map(plain));
    const ends = [cache.use({})];
    for (const { follow, isOnScreen, isAwaited } of follows) {
      const token = {};
      // A tab that scrolls sends again what it follows, and mounts nothing.
      const left = mounted.get(trackKey(follow)) ?? 0;
      mounted.set(trackKey(follow), left - 1);
      schedule.follow(token, follow, cache.factsAt(follow), left <= 0);
      ends.push(() => schedule.unfollow(token, follow));
      if (follow.wants === 'job') continue;
      ends.push(schedule.show(follow.id, token, isOnScreen));
      if (isAwaited) ends.push(schedule.awaitEnd(follow.id));
    }
    return () => {
      for (const end of ends) end();
    };
  }

  schedule.leadBy({
    get leads() {
      return tabs?.leads ?? true;
    },
    get silentAt() {
      return tabs?.silentAt ?? Number.POSITIVE_INFINITY;
    },
    standIn: () => tabs?.standIn(),
    join: () => {
      tabs ??= new Tabs<Followed[], Told[]>(connection, {
        isVisible: () => schedule.page.isVisible,
        isAwaiting: () => schedule.page.isAnythingAwaited,
        follows: () => {
          const { isVisible } = schedule.page;
          // Nobody looks at a hidden tab: only what it awaits is read for it, and not as what is seen.
          return [...schedule.follows()].flatMap((each) => (isVisible ? each : each.isAwaited ? { ...each, isOnScreen: false } : []));
        },
        followFor,
        leads: () => schedule.wake(),
        news: (told) => {
          // No read that began here before undoes what was decided there.
          for (const each of told) if (each.kind === 'approval') decisions.settle(each.id, each.status);
          // A tab that was open when the machine's clock was set back is ahead of this one.
          const now = monotonicNow();
          heard = told.map((each) => ({ ...revive(each), askedAt: Math.min(each.askedAt, now) }));
          schedule.tell(heard);
        },
      });
    },
    followsChanged: () => tabs?.changed(),
    told: (told) => {
      const news = told.filter(({ kind }) => kind !== 'decision');
      if (told !== heard && news.length > 0) tabs?.tell(news.map(plain));
    },
  });
  schedule.onClose(() => {
    tabs?.close();
    tabs = undefined;
  });
}

/** A `BroadcastChannel` doesn't preserve error classes: sends the error's fields instead. */
function plain(told: Told): Told {
  if (told.kind !== 'error') return told;
  const { code = 'NETWORK', message, status, requestId, details, retryAfterMs } = told.error as Partial<LayersErrorInit>;
  return { ...told, error: { code, message, status, requestId, details, retryAfterMs } };
}

function revive(told: Told): Told {
  return told.kind === 'error' ? { ...told, error: new LayersError(told.error as LayersErrorInit) } : told;
}
