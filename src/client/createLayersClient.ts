import { monotonicNow } from '../internal/monotonicNow.js';
import { uuid } from '../internal/uuid.js';
import { type ApprovalResult, parseApprovalResult } from '../model/approval.js';
import { parseAsset } from '../model/asset.js';
import { isLayersError } from '../model/errors.js';
import { type AcceptedJob, parseAcceptedJob, parseCancelResult, parseJob } from '../model/job.js';
import { readApprovalStatus } from '../model/status.js';
import { refuseApiKeyInBrowser } from './apiKeyGuard.js';
import { Decisions } from './decisions.js';
import { cloneBody, generateRequest, regenerateBody } from './generate.js';
import type { LayersClient, LayersClientOptions, RequestOptions, WriteOptions } from './LayersClient.js';
import { clientScope, validateClientOptions } from './options.js';
import { assetPath, contentPath, jobPath, projectContentPath } from './paths.js';
import { Reader, withRequestId } from './reader.js';
import { ReadLoop } from './reads/readLoop.js';
import { sharedBudget } from './reads/sharedBudget.js';
import { tabDuties } from './reads/tabDuties.js';
import { Tabs } from './reads/tabs.js';
import { createTransport, readable, tellsReplay } from './transport.js';
import type { WriteClass } from './writes/writes.js';

/**
 * Makes the client that every hook reads through. Make one and keep it: its read budget, its answers and its requests in flight are shared by all
 * that use it.
 *
 * @example
 * const client = createLayersClient({ baseUrl: '/api/layers' });
 * const container = await client.getContainer('cnt_7d18b9a1-8b2c-4f3e-a4d5-6e7f8a9b0c1d');
 *
 * @throws LayersError `INVALID_INPUT` for an option that cannot be used, `API_KEY_IN_BROWSER` for a key where everyone could read it
 */
export function createLayersClient(options: LayersClientOptions): LayersClient {
  const settings = validateClientOptions(options);
  refuseApiKeyInBrowser('baseUrl', [settings.baseUrl]);
  if (typeof options.headers === 'object') refuseApiKeyInBrowser('a header', Object.values(options.headers));

  const { budget, gate, writes } = sharedBudget(settings);
  const decisions = new Decisions();
  const transport = createTransport(settings, (word) => {
    budget.hear(word, monotonicNow());
    gate.pump();
  });
  const tabs = settings.shareTabs
    ? new Tabs(
        clientScope(settings),
        tabDuties(
          () => reader,
          () => loop,
          budget,
          decisions,
        ),
      )
    : undefined;
  const reader: Reader = new Reader({ settings, transport, gate, decisions, tabs, loop: () => loop });
  const loop: ReadLoop = new ReadLoop(
    budget,
    gate,
    {
      readDetail: (id) => reader.container(id, {}, () => 'visible'),
      readList: (projectId, filters, cursor) => reader.list(projectId, filters, { cursor }, () => 'visible'),
      readPage: (projectId, filters, page, lane) => reader.list(projectId, filters, page, () => lane),
    },
    settings.deadlineMs,
    tabs,
  );

  async function write<T>(
    path: string,
    body: object,
    { signal, idempotencyKey }: WriteOptions,
    parse: (body: unknown, headers: Headers) => T,
    kind: WriteClass = 'write-light',
  ): Promise<T> {
    const headers = idempotencyKey === undefined ? undefined : { 'idempotency-key': idempotencyKey };
    await writes.enter(kind, signal);
    try {
      const answer = await transport({ method: 'POST', path, body, signal, headers, hear: (word) => writes.hear(kind, word) });
      const requestId = answer.headers.get('x-request-id');
      return withRequestId(requestId, () => parse(readable(answer.text, requestId), answer.headers));
    } finally {
      reader.seal();
      tabs?.tellWrite(null);
    }
  }

  async function start(
    path: string,
    body: object,
    options: WriteOptions,
    madeAt = (job: AcceptedJob) => job.startedAt,
  ): Promise<AcceptedJob> {
    const parse = (json: unknown, headers: Headers) => parseAcceptedJob(json, tellsReplay(headers));
    const accepted = await write(path, body, { ...options, idempotencyKey: options.idempotencyKey ?? uuid() }, parse, 'long-running');
    for (const id of accepted.containerIds) loop.learn({ id, projectId: accepted.projectId, createdAt: madeAt(accepted) });
    return accepted;
  }

  function settle(containerId: string, status: unknown): void {
    if (typeof status !== 'string') return;
    decisions.settle(containerId, status);
    tabs?.tellWrite({ containerId, status });
    loop.amendRow(containerId, { approvalStatus: readApprovalStatus(status), rawApprovalStatus: status });
  }

  async function decide(id: string, decision: 'approve' | 'reject', body: object, options: RequestOptions): Promise<ApprovalResult> {
    try {
      const result = await write(`${contentPath(id)}/${decision}`, body, options, parseApprovalResult);
      settle(id, result.rawApprovalStatus);
      return result;
    } catch (error) {
      if (isLayersError(error) && error.code === 'CONFLICT') settle(id, error.details?.approvalStatus);
      throw error;
    }
  }

  return {
    baseUrl: settings.baseUrl,
    edition: settings.edition,
    scope: clientScope(settings),
    reads: loop,
    writes,
    decisions,
    close: () => loop.close(),
    getContainer: async (id, options = {}) => reader.container(id, options, () => loop.lane(id)),
    getProgress: async (id, options = {}) => reader.progress(id, options),
    listContainers: async (projectId, filters = {}, options = {}) => reader.list(projectId, filters, options, () => 'asked'),
    getJob: async (id, options = {}) => reader.read(jobPath(id), options, parseJob, () => 'asked'),
    cancelJob: async (id, options = {}) => write(`${jobPath(id)}/cancel`, {}, options, parseCancelResult),
    getAsset: async (id, assetId, options = {}) => reader.read(assetPath(id, assetId), options, parseAsset, () => 'asked'),
    approve: async (id, { note } = {}, options = {}) => decide(id, 'approve', { note }, options),
    reject: async (id, { reason }, options = {}) => decide(id, 'reject', { reason }, options),
    generate: async (projectId, input, options = {}) => {
      const { route, body } = generateRequest(input, settings.edition);
      return start(`${projectContentPath(projectId)}${route && `/${route}`}`, body, options);
    },
    regenerate: async (id, input = {}, options = {}) => {
      // It was made long before, and its place in the lists is by that.
      const madeAt = () => loop.rowOf(id)?.createdAt ?? null;
      const accepted = await start(`${contentPath(id)}/regenerate`, regenerateBody(input), options, madeAt);
      loop.readAgain(id);
      return accepted;
    },
    cloneFromPost: async (id, input, options = {}) => start(`${contentPath(id)}/clone-from-post`, cloneBody(input), options),
  };
}
