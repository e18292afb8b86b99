import { followKey, type FollowRequest } from '../../schedule/pushed.js';
import type { Schedule } from '../../schedule/schedule.js';
import { type Facts, type Follow, trackKey } from '../../schedule/track.js';

/** One container or job that is read. */
interface Reading {
  key: string;
  /** Each way in which it is followed, once: thousands can follow it in the same few. */
  ways: FollowRequest[];
  /** How many want each part of it, and the follow that stands for them all. */
  wants: Map<Follow['wants'], { count: number; follow: Follow }>;
  /** How many claim each share of it. */
  shares: Map<number, number>;
  /** How many follow it, and how many have it on screen. */
  followers: number;
  onScreen: number;
  hide: (() => void) | undefined;
}

/** So many containers of one viewer count in full: a page of a list. */
const FULL_SHARES = 25;

/**
 * The share of each, where one viewer follows so many: those beyond a page of a list claim no more of a scarce budget than that page. In powers of two, so that
 * it rarely changes.
 */
export const shareAmong = (count: number): number => (count > FULL_SHARES ? 2 ** Math.floor(Math.log2(FULL_SHARES / count)) : 1);

/** What the schedule follows for everybody: each container or job once, however many follow it. */
export class Readings {
  readonly #schedule: Schedule;
  readonly #factsAt: (key: string) => Facts | undefined;
  readonly #readings = new Map<string, Reading>();

  /** @param factsAt what is known of something when it is first followed */
  constructor(schedule: Schedule, factsAt: (key: string) => Facts | undefined) {
    this.#schedule = schedule;
    this.#factsAt = factsAt;
  }

  /** One more follows it. @returns its key, and an equal request: the same objects for everybody */
  add(asked: FollowRequest): { key: string; follow: FollowRequest } {
    const reading = this.#of(followKey(asked));
    reading.followers += 1;
    reading.onScreen += Number(asked.isOnScreen);
    if (reading.followers === 1 || (asked.isOnScreen && reading.onScreen === 1)) this.#show(asked, reading);
    this.#claim(reading, asked, 1);
    for (const wants of asked.wants) {
      const wanted = reading.wants.get(wants);
      if (wanted) wanted.count += 1;
      else {
        const follow: Follow = { id: asked.id, wants, interval: undefined, share: most(reading.shares) };
        reading.wants.set(wants, { count: 1, follow });
        this.#schedule.follow(follow, follow, this.#factsAt(reading.key));
      }
    }
    return { key: reading.key, follow: wayOf(reading, asked) };
  }

  /** Ends one {@link add}. @returns whether nobody follows it any more */
  remove(asked: FollowRequest): boolean {
    const key = followKey(asked);
    const reading = this.#readings.get(key);
    if (reading === undefined) return true;
    reading.followers -= 1;
    reading.onScreen -= Number(asked.isOnScreen);
    this.#claim(reading, asked, -1);
    for (const wants of asked.wants) {
      const wanted = reading.wants.get(wants);
      if (wanted === undefined || --wanted.count > 0) continue;
      reading.wants.delete(wants);
      this.#schedule.unfollow(wanted.follow, wanted.follow);
    }
    if (reading.followers > 0) {
      if (asked.isOnScreen && reading.onScreen === 0) this.#show(asked, reading);
      return false;
    }
    reading.hide?.();
    this.#readings.delete(key);
    return true;
  }

  /** Everything that is followed. */
  all(): FollowRequest[] {
    const all = new Map<string, FollowRequest>();
    for (const { follow, isOnScreen } of this.#schedule.follows()) {
      const key = trackKey(follow);
      const known = all.get(key) ?? { id: follow.id, wants: [], isOnScreen, isKnown: false, share: follow.share };
      if (!known.wants.includes(follow.wants)) known.wants.push(follow.wants);
      all.set(key, known);
    }
    return [...all.values()];
  }

  #of(key: string): Reading {
    const known = this.#readings.get(key);
    if (known) return known;
    const reading: Reading = { key, ways: [], wants: new Map(), shares: new Map(), followers: 0, onScreen: 0, hide: undefined };
    this.#readings.set(key, reading);
    return reading;
  }

  #claim({ shares, wants }: Reading, { share = 1 }: FollowRequest, change: 1 | -1): void {
    const count = (shares.get(share) ?? 0) + change;
    if (count > 0) shares.set(share, count);
    else shares.delete(share);
    for (const { follow } of wants.values()) follow.share = most(shares);
  }

  #show({ id, wants }: FollowRequest, reading: Reading): void {
    if (wants.includes('job')) return;
    reading.hide?.();
    reading.hide = this.#schedule.show(id, reading, reading.onScreen > 0);
  }
}

const most = (shares: ReadonlyMap<number, number>) => Math.max(0, ...shares.keys()) || 1;

function wayOf({ ways }: Reading, asked: FollowRequest): FollowRequest {
  const known = ways.find((way) => isSameWay(way, asked));
  if (known) return known;
  const way = { ...asked, isKnown: true };
  ways.push(way);
  return way;
}

/** Whether two requests follow one container in the same way, however they spell its id and whatever has arrived. */
export const isSameWay = (one: FollowRequest, other: FollowRequest) =>
  one.isOnScreen === other.isOnScreen && one.share === other.share && one.wants.join() === other.wants.join();
