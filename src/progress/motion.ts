import { within } from './numbers.js';
import { CREEP, HOME_STRETCH, MOST_BEFORE_COMPLETED } from './progressAt.js';

/** A bar that is behind closes the gap over about as many seconds. */
const CATCH_UP_SECONDS = 5;
/** A gap of more percent is not made up by gliding: something was learned, and the bar says so at once. */
const GLIDE = 12;
/** A bar without news is still below 99 after as many seconds. */
const SECONDS_OF_ROOM = 8;

/** Where a bar is and how fast it goes. @internal */
export interface Motion {
  percent: number;
  percentPerSecond: number;
}

/**
 * Steers the bar to where the estimate will be a few seconds from now. It never goes back: a bar that is ahead slows to a creep until the truth has
 * caught up. It never goes so fast that it would pass 99 without further news.
 *
 * @param share the share of the whole job that is done, 0 to 1
 * @param sharePerSecond by how much that grows in a second
 * @param shown where the bar is now; `null`: nowhere yet
 * @param jumps whether it goes there at once: it stood still for want of news, or the share was told
 * @internal
 */
export function steer(share: number, sharePerSecond: number, shown: number | null, jumps: boolean): Motion {
  const target = Math.min(HOME_STRETCH, 100 * share);
  const percent = shown === null || jumps || target - shown > GLIDE ? Math.max(target, shown ?? 0) : shown;
  const wanted = 100 * sharePerSecond + (target - percent) / CATCH_UP_SECONDS;
  return { percent, percentPerSecond: within(wanted, CREEP, (MOST_BEFORE_COMPLETED - percent) / SECONDS_OF_ROOM) };
}
