import type { Followed } from './followed.js';

/** The same container in two caches: both are read, by one request, and both take in what lists tell. */
export function together(first: Followed | undefined, second: Followed): Followed {
  if (first === undefined) return second;
  const both = [first, second];
  const least = (values: readonly (number | null)[]) =>
    values.reduce((a, b) => (a === null || b === null ? (a ?? b) : Math.min(a, b)), null);
  return {
    kind: first.kind,
    id: first.id,
    isActive: () => both.some((each) => each.isActive()),
    delay: () => least(both.map((each) => each.delay() || null)) ?? false,
    settledAt: () => least(both.map((each) => each.settledAt())),
    lastNews: () => first.lastNews() ?? second.lastNews(),
    errorCode: () => first.errorCode() ?? second.errorCode(),
    isReading: () => both.every((each) => each.isReading()),
    hasEnded: () => both.every((each) => each.hasEnded()),
    needsDetail: () => both.some((each) => each.needsDetail()),
    etaSeconds: () => first.etaSeconds() ?? second.etaSeconds(),
    read: async () => (await Promise.all(both.map((each) => each.read()))).find((error) => error !== null) ?? null,
    receive: (value) => {
      for (const each of both) each.receive(value);
    },
    take: (row) => {
      for (const each of both) each.take(row);
    },
  };
}
