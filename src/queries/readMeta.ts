import type { AdvanceProgressOptions } from '../progress/options.js';
import type { LayersClient } from '../schedule/createLayersClient.js';
import type { Follow } from '../schedule/track.js';

/** What our options say of themselves in TanStack's `meta`. */
export interface ReadMeta {
  follow?: Follow;
  estimate?: AdvanceProgressOptions | undefined;
}

// Not in `meta`, which is sent to the browser with what a server prefetched.
const clients = new WeakMap<object, LayersClient>();

/** Notes whose options a `queryFn` belongs to. */
export function ownedBy<QueryFunction extends object>(client: LayersClient, queryFn: QueryFunction): QueryFunction {
  clients.set(queryFn, client);
  return queryFn;
}

/** The client that a `queryFn` of ours reads through; `undefined` for one of somebody else's. */
export const clientOf = (queryFn: unknown): LayersClient | undefined => (typeof queryFn === 'function' ? clients.get(queryFn) : undefined);
