/** Time left in words: so many seconds (10 to 50, in tens) or minutes; `overdue`: counted down to nothing, and still not there; `null`: not known. */
export type EtaBucket = { unit: 'seconds' | 'minutes'; value: number } | 'overdue' | null;

const LEAST_SECONDS = 10;
/** Words rise only when the time left is above them by this share of them … */
const RISE_SHARE = 0.35;
/** … and by so many seconds. */
const RISE_SECONDS = 12;

/**
 * The words for a time left, given the words there are. They fall as soon as the time does, but rise only when it is well above them, so that an
 * estimate that trembles does not make them tremble ("Estimate properly or not show ETA").
 *
 * @param previousBucket what the last call gave back for this life; `null` at first
 * @param remainingSeconds from `progressAt`; `null`: not known
 */
export function advanceEta(previousBucket: EtaBucket, remainingSeconds: number | null): EtaBucket {
  if (remainingSeconds === null || Number.isNaN(remainingSeconds)) return null;
  const next = bucketOf(remainingSeconds);
  if (previousBucket === null || next === previousBucket) return next;
  const [before, after] = [secondsOf(previousBucket), secondsOf(next)];
  if (after === before) return previousBucket;
  if (after < before) return next;
  return remainingSeconds > Math.max(before * (1 + RISE_SHARE), before + RISE_SECONDS) ? next : previousBucket;
}

/** The words without a past: rounded up, so that they never promise too much. */
function bucketOf(seconds: number): Exclude<EtaBucket, null> {
  if (seconds <= 0) return 'overdue';
  if (seconds <= 50) return { unit: 'seconds', value: Math.max(LEAST_SECONDS, Math.ceil(seconds / 10) * 10) };
  return { unit: 'minutes', value: Math.max(1, Math.ceil(Math.min(seconds, 86_400 * 7) / 60)) };
}

function secondsOf(bucket: Exclude<EtaBucket, null>): number {
  if (bucket === 'overdue') return 0;
  return bucket.unit === 'seconds' ? bucket.value : bucket.value * 60;
}
