import type { LayersClient } from '../schedule/createLayersClient.js';
import type { Followed } from '../client/reads/followed.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { ContainerSummary } from '../model/container.js';
import { containerKey } from '../model/ids.js';
import { CADENCE, retryDelay } from './cadence.js';
import type { ListData } from './listPage.js';

interface FollowedRow extends Followed {
  /** It was read somewhere. */
  seen(): void;
}

/** The rows of a list that are in flight: the read loop looks after these, and after no others. */
export class FollowedRows {
  readonly #client: LayersClient;
  readonly #rows = new Map<string, FollowedRow>();

  constructor(client: LayersClient) {
    this.#client = client;
  }

  /** Follows what is in flight now. */
  follow({ pages }: ListData): void {
    const inFlight = new Set<string>();
    for (const { containers } of pages)
      for (const { id, status } of containers) {
        if (status !== 'queued' && status !== 'processing') continue;
        const key = containerKey(id);
        inFlight.add(key);
        if (this.#rows.has(key)) continue;
        const row = followedRow(this.#client, id, () => this.#rows.get(key) === row);
        this.#rows.set(key, row);
        this.#client.reads.follow(row, row);
      }
    for (const key of this.#rows.keys()) if (!inFlight.has(key)) this.#rows.delete(key);
  }

  /** Notes that rows were read somewhere. */
  seen(rows: readonly ContainerSummary[]): void {
    for (const { id } of rows) this.#rows.get(containerKey(id))?.seen();
  }

  /** Whether what becomes of a row is still to be told: it is in flight, and can be read. */
  awaits({ id }: ContainerSummary): boolean {
    return (this.#rows.get(containerKey(id))?.delay() ?? false) !== false;
  }

  /** Whether anything is in flight that can be read. */
  get isAny(): boolean {
    return [...this.#rows.values()].some((row) => row.delay() !== false);
  }

  clear(): void {
    this.#rows.clear();
  }
}

/** A row in flight, as the loop sees it: no record is read for it while a list read tells its status. */
function followedRow(client: LayersClient, id: string, isActive: () => boolean): FollowedRow {
  let at = monotonicNow();
  let isReading = false;
  let failures = 0;
  let error: unknown = null;
  return {
    kind: 'row',
    id,
    isActive,
    delay: () => (failures === 0 ? CADENCE.slow : retryDelay(error, failures, 0)),
    settledAt: () => at,
    lastNews: () => null,
    errorCode: () => null,
    isReading: () => isReading,
    needsDetail: () => false,
    etaSeconds: () => null,
    hasEnded: () => false,
    read: () => {
      isReading = true;
      return client
        .getContainer(id)
        .then(() => {
          failures = 0;
          return null;
        })
        .catch((reason: unknown) => {
          failures += 1;
          error = reason;
          return reason;
        })
        .finally(() => {
          isReading = false;
          at = monotonicNow();
          client.reads.wake();
        });
    },
    receive: () => undefined,
    take: () => undefined,
    seen: () => {
      at = monotonicNow();
      failures = 0;
    },
  };
}
