import { keepNewest } from '../../internal/keepNewest.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import { LayersError } from '../../model/errors.js';
import type { OnError } from '../report.js';

const WINDOW_MS = 60_000;
/** Reports of one failure that pass in a minute, and the most failures that are told apart. */
const MOST = 20;
const CAPACITY = 200;

/**
 * An `onError` that gets a few of the same failure in each minute: one that every request runs into would fill the disk with logs. The first one after some
 * were left out says how many in `details.suppressed`.
 */
export function limitReports(onError: OnError): OnError {
  const seen = new Map<string, { since: number; count: number }>();
  return (error) => {
    const key = `${error.code} ${error.message}`;
    const now = monotonicNow();
    const last = seen.get(key);
    if (last !== undefined && now - last.since < WINDOW_MS) {
      last.count += 1;
      return last.count > MOST ? undefined : onError(error);
    }
    keepNewest(seen, key, { since: now, count: 1 }, CAPACITY);
    const suppressed = (last?.count ?? 0) - MOST;
    return onError(suppressed > 0 ? withDetails(error, { suppressed }) : error);
  };
}

function withDetails(error: LayersError, more: Record<string, unknown>): LayersError {
  const { code, message, status, requestId, details, cause } = error;
  return new LayersError({ code, message, status, requestId, details: { ...details, ...more }, cause });
}
