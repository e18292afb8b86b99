import { monotonicNow } from '../internal/monotonicNow.js';
import { uuid } from '../internal/uuid.js';
import { parseApprovalResult } from '../model/approval.js';
import { parseAsset } from '../model/asset.js';
import { type Container, parseContainer } from '../model/container.js';
import { parseContainerPage } from '../model/containerPage.js';
import { LayersError } from '../model/errors.js';
import { parseCancelResult, parseJob } from '../model/job.js';
import { type ProgressSnapshot, parseProgress } from '../model/progress.js';
import { AnswerMemory } from './answers.js';
import { refuseApiKeyInBrowser } from './apiKeyGuard.js';
import { type ContainerListFilters, listParameters } from './filters.js';
import { generateRequest } from './generate.js';
import type { LayersClient, LayersClientOptions, RequestOptions, WriteOptions } from './LayersClient.js';
import { clientScope, validateClientOptions } from './options.js';
import type { Lane } from './reads/readBudget.js';
import { ReadLoop } from './reads/readLoop.js';
import { sharedBudget } from './reads/sharedBudget.js';
import { snapshotOf } from './reads/snapshotOf.js';
import { SharedReads } from './sharedReads.js';
import { createTransport, json } from './transport.js';

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

  const { budget, gate } = sharedBudget(settings);
  const transport = createTransport(settings, (word) => {
    budget.hear(word, monotonicNow());
    gate.pump();
  });
  const answers = new AnswerMemory();
  const shared = new SharedReads();
  const loop = new ReadLoop(budget, gate, {
    readDetail: (id) => readContainer(id, {}, () => 'visible'),
    readList: (projectId, filters, cursor) => readList(projectId, filters, { cursor }, () => 'visible'),
  });

  function read<T>(
    path: string,
    { signal }: RequestOptions,
    parse: (body: unknown) => T,
    lane: () => Lane,
    conditional = false,
  ): Promise<T> {
    const hasSlot = loop.isReading;
    return shared.join(path, signal, async (requestSignal) => {
      if (!hasSlot) await gate.enter(lane, requestSignal);
      const etag = conditional ? answers.etag(path) : null;
      const answer = await transport({
        method: 'GET',
        path,
        signal: requestSignal,
        ...(etag !== null && { headers: { 'if-none-match': etag } }),
      });
      const last = answers.recall<T>(path);
      if (answer.status === 304 && last !== undefined) return last;
      return answers.take(path, answer.text, answer.headers.get('etag'), (text) => parse(readable(text, answer.headers)));
    });
  }

  async function readContainer(id: string, options: RequestOptions, lane: () => Lane): Promise<Container> {
    const container = await read(content(id), options, parseContainer, lane);
    loop.learnDetail(container);
    return container;
  }

  async function readProgress(id: string, options: RequestOptions): Promise<ProgressSnapshot> {
    const lane = () => loop.lane(id);
    const path = `${content(id)}/progress`;
    if (loop.isReading || lane() !== 'rest') return read(path, options, parseProgress, lane);
    // Off screen, the next list read may tell the status before the budget has a read to spare for this one.
    const wait = new AbortController();
    const cancel = () => wait.abort(options.signal?.reason);
    options.signal?.addEventListener('abort', cancel, { once: true });
    try {
      const row = loop.expectRow(id, wait.signal).then((found) => snapshotOf(id, found));
      return await Promise.race([row, read(path, { signal: wait.signal }, parseProgress, lane)]);
    } finally {
      options.signal?.removeEventListener('abort', cancel);
      wait.abort(new DOMException('A list read told it first.', 'AbortError'));
    }
  }

  async function readList(
    projectId: string,
    filters: ContainerListFilters,
    { signal, cursor }: RequestOptions & { cursor?: string | null | undefined },
    lane: () => Lane,
  ) {
    const parameters = listParameters(filters, settings.edition, cursor).toString();
    const page = await read(
      `/v1/projects/${segment('projectId', projectId)}/content${parameters && `?${parameters}`}`,
      { signal },
      parseContainerPage,
      lane,
    );
    for (const row of page.containers) loop.learn(row.projectId === null ? { ...row, projectId } : row);
    return page;
  }

  async function write<T>(path: string, body: Record<string, unknown>, options: WriteOptions, parse: (body: unknown) => T): Promise<T> {
    const key = options.idempotencyKey;
    try {
      const answer = await transport({
        method: 'POST',
        path,
        body,
        signal: options.signal,
        ...(key && { headers: { 'idempotency-key': key } }),
      });
      return parse(readable(answer.text, answer.headers));
    } finally {
      shared.seal();
    }
  }

  const start = (path: string, body: object, options: WriteOptions) =>
    write(path, body as Record<string, unknown>, { ...options, idempotencyKey: options.idempotencyKey ?? uuid() }, parseJob);

  return {
    baseUrl: settings.baseUrl,
    edition: settings.edition,
    scope: clientScope(settings),
    reads: loop,
    getContainer: async (id, options = {}) => readContainer(id, options, () => loop.lane(id)),
    getProgress: async (id, options = {}) => readProgress(id, options),
    listContainers: async (projectId, filters = {}, options = {}) => readList(projectId, filters, options, () => 'asked'),
    getJob: async (id, options = {}) => read(job(id), options, parseJob, () => 'asked', true),
    cancelJob: async (id, options = {}) => write(`${job(id)}/cancel`, {}, options, parseCancelResult),
    getAsset: async (id, assetId, options = {}) =>
      read(`${content(id)}/assets/${segment('assetId', assetId)}`, options, parseAsset, () => 'asked'),
    approve: async (id, input = {}, options = {}) => write(`${content(id)}/approve`, { note: input.note }, options, parseApprovalResult),
    reject: async (id, input, options = {}) => write(`${content(id)}/reject`, { reason: input.reason }, options, parseApprovalResult),
    generate: async (projectId, input, options = {}) => {
      const { route, body } = generateRequest(input, settings.edition);
      return start(`/v1/projects/${segment('projectId', projectId)}/content${route && `/${route}`}`, body, options);
    },
    regenerate: async (id, input = {}, options = {}) => start(`${content(id)}/regenerate`, input, options),
    cloneFromPost: async (id, input, options = {}) => start(`${content(id)}/clone-from-post`, input, options),
  };
}

const content = (id: string) => `/v1/content/${segment('containerId', id)}`;
const job = (id: string) => `/v1/jobs/${segment('jobId', id)}`;

/** One segment of a path, encoded; an id that could reach another route is refused. */
function segment(path: string, value: string): string {
  try {
    if (typeof value === 'string' && value !== '' && value !== '.' && value !== '..') return encodeURIComponent(value);
  } catch {
    // A lone surrogate cannot be encoded, and no id has one.
  }
  throw new LayersError({
    code: 'INVALID_INPUT',
    message: `layers-react: ${path} is ${JSON.stringify(value) ?? 'missing'}, so nothing was asked. Pass an id as the API gave it.`,
    details: { path, value },
  });
}

function readable(text: string, headers: Headers): unknown {
  const body = json(text);
  if (body !== undefined) return body;
  throw new LayersError({
    code: 'INVALID_RESPONSE',
    message: `The server's answer could not be read: ${text.trim() === '' ? 'it was empty' : 'it is not complete JSON'}. What was shown before stays; it will be tried again.`,
    requestId: headers.get('x-request-id'),
    details: { path: '' },
  });
}
