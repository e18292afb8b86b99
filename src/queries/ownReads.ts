import type { AdvanceProgressOptions } from '../progress/options.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import type { Follow } from '../schedule/track.js';

/** What a query function of ours reads. */
interface OwnRead {
  client: LayersClient;
  follow: Follow;
  estimate: AdvanceProgressOptions | undefined;
}

/** By query function. Not in TanStack's `meta`, which is dehydrated and sent to the browser. */
export const ownReads = new WeakMap<object, OwnRead>();
