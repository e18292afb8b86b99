import type { AdvanceProgressOptions } from '../progress/options.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import type { Follow } from '../schedule/track.js';

/** Our part of TanStack's `meta`: what a query follows, and its estimate options. */
export interface ReadMeta {
  follow?: Follow;
  estimate?: AdvanceProgressOptions | undefined;
}

// Not in `meta`, which is dehydrated and sent to the browser.
const clients = new WeakMap<object, LayersClient>();

/** Records the client of a `queryFn`. */
export function ownedBy<QueryFunction extends object>(client: LayersClient, queryFn: QueryFunction): QueryFunction {
  clients.set(queryFn, client);
  return queryFn;
}

/** The client of a `queryFn` of ours; `undefined` for any other function. */
export const clientOf = (queryFn: unknown): LayersClient | undefined => (typeof queryFn === 'function' ? clients.get(queryFn) : undefined);
