import type { LayersStore } from '../../../src/server.js';

/** One process's way to a store in memory that several share: it can be cut, and go deaf. */
export function wayTo(memory: LayersStore) {
  const ears: { isDeaf: boolean }[] = [];
  const way = {
    /** Nothing gets through. */
    isCut: false,
    /** How often the lease of each name was asked for. */
    leases: new Map<string, number>(),
    /** How often something was put there. */
    puts: 0,
    /** Messages no longer arrive on what listens so far, as on a connection whose other end is gone without a word. Everything else gets through. */
    deafen: () => {
      for (const ear of ears) ear.isDeaf = true;
    },
  };
  /** Calls at once: nothing is later than it was asked. */
  const go = <T>(call: () => Promise<T>): Promise<T> => (way.isCut ? Promise.reject(new Error('The way is cut.')) : call());
  const store: LayersStore = {
    ...memory,
    isShared: true,
    get: (key) => go(() => memory.get(key)),
    set: (key, value, ms) => {
      way.puts += 1;
      return go(() => memory.set(key, value, ms));
    },
    lease: (name, holder, ms) => {
      way.leases.set(name, (way.leases.get(name) ?? 0) + 1);
      return go(() => memory.lease(name, holder, ms));
    },
    endLease: (name, holder) => go(() => memory.endLease(name, holder)),
    present: (process, ms) => go(() => memory.present(process, ms)),
    publish: (message) => go(() => memory.publish(message)),
    subscribe: (listener) => {
      const ear = { isDeaf: false };
      ears.push(ear);
      return go(() =>
        memory.subscribe((message) => {
          if (!way.isCut && !ear.isDeaf) listener(message);
        }),
      );
    },
  };
  return Object.assign(way, { store });
}
