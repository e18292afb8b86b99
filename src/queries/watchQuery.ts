import type { Query, QueryClient } from '@tanstack/react-query';

interface Watch {
  listeners: Map<string, Set<(query: Query) => void>>;
  stop: () => void;
}

const watches = new WeakMap<QueryClient, Watch>();

/** Subscribes to one query, through one subscription per cache. Returns an unsubscribe function. */
export function watchQuery(queryClient: QueryClient, queryKey: readonly unknown[], listener: (query: Query) => void): () => void {
  const watch = watches.get(queryClient) ?? begin(queryClient);
  watches.set(queryClient, watch);
  const name = JSON.stringify(queryKey);
  const listeners = watch.listeners.get(name) ?? new Set();
  watch.listeners.set(name, listeners.add(listener));
  return () => {
    if (!listeners.delete(listener) || listeners.size > 0) return;
    if (watch.listeners.get(name) === listeners) watch.listeners.delete(name);
    if (watch.listeners.size > 0) return;
    watch.stop();
    if (watches.get(queryClient) === watch) watches.delete(queryClient);
  };
}

function begin(queryClient: QueryClient): Watch {
  const listeners: Watch['listeners'] = new Map();
  const stop = queryClient.getQueryCache().subscribe(({ type, query }) => {
    if (type !== 'updated' && type !== 'added' && type !== 'removed') return;
    if (query.queryKey[0] !== 'layers') return;
    for (const listener of [...(listeners.get(JSON.stringify(query.queryKey)) ?? [])]) listener(query);
  });
  return { listeners, stop };
}
