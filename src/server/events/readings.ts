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
  /** How many follow it, and how many have it on screen. */
  followers: number;
  onScreen: number;
  hide: (() => void) | undefined;
}

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
    for (const wants of asked.wants) {
      const wanted = reading.wants.get(wants);
      if (wanted) wanted.count += 1;
      else {
        const follow: Follow = { id: asked.id, wants, interval: undefined };
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
      const known = all.get(key) ?? { id: follow.id, wants: [], isOnScreen, isKnown: false };
      if (!known.wants.includes(follow.wants)) known.wants.push(follow.wants);
      all.set(key, known);
    }
    return [...all.values()];
  }

  #of(key: string): Reading {
    const known = this.#readings.get(key);
    if (known) return known;
    const reading: Reading = { key, ways: [], wants: new Map(), followers: 0, onScreen: 0, hide: undefined };
    this.#readings.set(key, reading);
    return reading;
  }

  #show({ id, wants }: FollowRequest, reading: Reading): void {
    if (wants.includes('job')) return;
    reading.hide?.();
    reading.hide = this.#schedule.show(id, reading, reading.onScreen > 0);
  }
}

function wayOf({ ways }: Reading, asked: FollowRequest): FollowRequest {
  const known = ways.find((way) => isSameWay(way, asked));
  if (known) return known;
  const way = { ...asked, isKnown: true };
  ways.push(way);
  return way;
}

/** Whether two requests follow one container in the same way, however they spell its id and whatever has arrived. */
export const isSameWay = (one: FollowRequest, other: FollowRequest) =>
  one.isOnScreen === other.isOnScreen && one.wants.join() === other.wants.join();
