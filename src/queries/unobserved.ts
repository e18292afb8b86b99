import type { QueryFunctionContext } from '@tanstack/react-query';
import { isLayersError } from '../model/errors.js';
import { backoffOf } from '../schedule/cadence.js';

/** How often a read is retried. */
const RETRIES = 2;
/** The delay of the first retry, in milliseconds; the next is twice as long. */
const FIRST_MS = 1_000;
/** A server that asks for a longer pause, in milliseconds, isn't waited for. */
const LONGEST_PAUSE_MS = 5_000;

/** Failures of reads that no observer waited for. */
const unobserved = new WeakSet<Error>();

/** Notes a failed read for a loader or a suspended component, which has no observer to plan the next read for. Rejects as `reading` does. */
export async function notingUnobserved<T>(
  { client, queryKey }: Pick<QueryFunctionContext, 'client' | 'queryKey'>,
  reading: Promise<T>,
): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const query = client.getQueryCache().find({ queryKey, exact: true });
    if (error instanceof Error && query?.getObserversCount() === 0) unobserved.add(error);
    throw error;
  }
}

/** TanStack's options to retry those reads, and no others, where a retry within seconds can succeed. */
export const retryUnobserved = {
  retry: (failures: number, error: Error): boolean => failures < RETRIES && unobserved.has(error) && isPassing(error),
  retryDelay: (failures: number, error: Error): number => Math.max(pauseOf(error), backoffOf(failures + 1, Math.random(), FIRST_MS)),
};

const pauseOf = (error: Error) => (isLayersError(error) ? (error.retryAfterMs ?? 0) : 0);

function isPassing(error: Error): boolean {
  // On a server, a page without data is better than a late one.
  const isServer = typeof document === 'undefined';
  return !isServer && isLayersError(error) && error.retryable && error.code !== 'TIMEOUT' && pauseOf(error) <= LONGEST_PAUSE_MS;
}
