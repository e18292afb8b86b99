import { type Answered, LayersApi } from '../client/api.js';
import { type ClientSettings, connectionName, type LayersClientOptions, validateClientOptions } from '../client/clientOptions.js';
import { refuseApiKeyInBrowser } from '../client/refusals.js';
import type { ClientIdentity, LayersRequests, WriteOptions } from '../client/requests.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { uuid } from '../internal/uuid.js';
import type { AssetFile } from '../model/asset.js';
import type { ApprovalResult } from '../model/approval.js';
import { isLayersError } from '../model/errors.js';
import { Decisions } from './decisions.js';
import { type Lines, sharedLines } from './sharedBudget.js';
import type { Priority } from './priority.js';
import { closedError } from './queue.js';
import { Schedule } from './schedule.js';
import { toldOfPage } from './told.js';

/** A Layers API client, created by `createLayersClient`. Methods wait for the budget, resolve with normalized plain JSON and reject with a `LayersError`. */
export interface LayersClient extends LayersRequests, ClientIdentity {
  /** Removes listeners and timers, leaves the other tabs, and rejects what waits with `CLOSED`. Using the client afterwards starts them again. */
  close(): void;
  /** Schedules the reads. @internal */
  readonly schedule: Schedule;
  /** Approval decisions, so that no stale read undoes one. @internal */
  readonly decisions: Decisions;
  /** The budget and the queue of each request class. @internal */
  readonly lines: Lines;
  /** @internal */
  readonly settings: ClientSettings;
  /** `getAsset` with a priority, evaluated while it waits. @internal */
  readAsset(containerId: string, assetId: string, priority: () => Priority, signal?: AbortSignal): Promise<AssetFile>;
  /** Name of the connection: clients with the same name share a budget and a leader tab. @internal */
  readonly connection: string;
}

/** Creates a client without caches: `createLayersClient` adds them. */
export function createScheduledClient(options: LayersClientOptions): LayersClient {
  const settings = validateClientOptions(options);
  refuseApiKeyInBrowser('baseUrl', [settings.baseUrl]);
  if (typeof settings.headers === 'object') refuseApiKeyInBrowser('a header', Object.values(settings.headers));

  const connection = connectionName(settings);
  const lines = sharedLines(settings.fetch ?? globalThis.fetch, connection, settings);
  const decisions = new Decisions();
  const api = new LayersApi(settings, {
    enter: (kind, signal) => lines[kind].queue.enter(() => 'person', schedule, signal),
    heard: (kind, word) => {
      const { budget, queue } = lines[kind];
      budget.hear(word, monotonicNow());
      queue.pump();
    },
    offered: () => schedule.offered(),
  });
  const schedule: Schedule = new Schedule(api, lines, settings.deadlineMs);
  const value = async <T>(answered: Promise<Answered<T>>): Promise<T> => (await answered).value;
  const paceAs = (priority: () => Priority) => (signal: AbortSignal) => lines['read-light'].queue.enter(priority, schedule, signal);
  const pace = paceAs(() => 'person');

  const withKey = ({ signal, idempotencyKey }: WriteOptions) => ({ signal, idempotencyKey: idempotencyKey ?? uuid() });

  function settle(id: string, status: unknown): void {
    if (typeof status !== 'string') return;
    decisions.settle(id, status);
    schedule.tell([{ kind: 'approval', id, status, askedAt: monotonicNow() }]);
  }

  async function decide(id: string, sent: Promise<ApprovalResult>): Promise<ApprovalResult> {
    try {
      const result = await sent;
      settle(id, result.rawApprovalStatus);
      return result;
    } catch (error) {
      if (isLayersError(error) && error.code === 'CONFLICT') settle(id, error.details?.['approvalStatus']);
      throw error;
    }
  }

  return {
    baseUrl: settings.baseUrl,
    edition: settings.edition,
    scope: settings.scope ?? '',
    connection,
    settings,
    lines,
    schedule,
    decisions,
    close: () => {
      for (const { queue } of Object.values(lines)) queue.close(schedule);
      api.close(closedError());
      schedule.close();
    },
    getContainer: async (id, { signal } = {}) => {
      const answered = await api.container(id, { signal, pace });
      schedule.tell([{ kind: 'record', id, ...answered }]);
      return answered.value;
    },
    getProgress: async (id, { signal } = {}) => {
      const answered = await api.progress(id, { signal, pace });
      schedule.tell([{ kind: 'progress', id, ...answered }]);
      return answered.value;
    },
    listContainers: async (projectId, filters = {}, { cursor, signal } = {}) => {
      const answered = await api.page(projectId, filters, { cursor, signal, pace });
      schedule.tell(toldOfPage(projectId, answered));
      return answered.value;
    },
    getJob: (id, { signal } = {}) => value(api.job(id, { signal, pace })),
    getAsset: (id, assetId, { signal } = {}) => value(api.asset(id, assetId, { signal, pace })),
    readAsset: (id, assetId, priority, signal) => value(api.asset(id, assetId, { signal, pace: paceAs(priority) })),
    cancelJob: (id, { signal } = {}) => api.cancelJob(id, signal),
    approve: (id, { note } = {}, { signal } = {}) => decide(id, api.approve(id, note, signal)),
    reject: (id, { reason }, { signal } = {}) => decide(id, api.reject(id, reason, signal)),
    generate: (projectId, input, writing = {}) => api.generate(projectId, input, withKey(writing)),
    regenerate: async (id, input = {}, writing = {}) => {
      const job = await api.regenerate(id, input, withKey(writing));
      schedule.tell([{ kind: 'accepted', id, job, preserveAssets: input.preserveAssets === true, isAgain: true, askedAt: monotonicNow() }]);
      return job;
    },
    cloneFromPost: (id, input, writing = {}) => api.cloneFromPost(id, input, withKey(writing)),
  };
}
