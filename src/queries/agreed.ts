import type { Query } from '@tanstack/react-query';

/** The data of each query that hooks and lists agree about. By query, so that all caches of one `QueryClient` share it. */
const agreed = new WeakMap<object, unknown>();
const own = new WeakSet<object>();

/** Marks data that is about to be written to a query: it is merged with everything known. */
export function agree<Data extends object>(data: Data): Data {
  own.add(data);
  return data;
}

/** The data that was last agreed about; `undefined`: none. */
export const agreedOf = (query: object): unknown => agreed.get(query);

/** Whether a query has data that somebody else wrote (the host, hydration, a persister), and that isn't merged with what is known. */
export function isForeign(query: Pick<Query, 'state'>): boolean {
  const { data } = query.state;
  if (data === undefined) agreed.delete(query);
  else if (own.delete(data as object)) agreed.set(query, data);
  return data !== agreed.get(query);
}
