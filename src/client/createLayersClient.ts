import { uuid } from '../internal/uuid.js';
import { parseApprovalResult } from '../model/approval.js';
import { parseAsset } from '../model/asset.js';
import { parseContainer } from '../model/container.js';
import { parseContainerPage } from '../model/containerPage.js';
import { LayersError } from '../model/errors.js';
import { parseCancelResult, parseJob } from '../model/job.js';
import { parseProgress } from '../model/progress.js';
import { AnswerMemory } from './answers.js';
import { refuseApiKeyInBrowser } from './apiKeyGuard.js';
import { listParameters } from './filters.js';
import { generateRequest } from './generate.js';
import type { LayersClient, LayersClientOptions, RequestOptions, WriteOptions } from './LayersClient.js';
import { clientScope, validateClientOptions } from './options.js';
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

  const transport = createTransport(settings);
  const answers = new AnswerMemory();
  const shared = new SharedReads();

  function read<T>(path: string, { signal }: RequestOptions, parse: (body: unknown) => T, conditional = false): Promise<T> {
    return shared.join(path, signal, async (requestSignal) => {
      const etag = conditional ? answers.etag(path) : null;
      const answer = await transport({ method: 'GET', path, signal: requestSignal, ...(etag !== null && { headers: { 'if-none-match': etag } }) });
      const last = answers.recall<T>(path);
      if (answer.status === 304 && last !== undefined) return last;
      return answers.take(path, answer.text, answer.headers.get('etag'), (text) => parse(readable(text, answer.headers)));
    });
  }

  async function write<T>(path: string, body: Record<string, unknown>, options: WriteOptions, parse: (body: unknown) => T): Promise<T> {
    const key = options.idempotencyKey;
    try {
      const answer = await transport({ method: 'POST', path, body, signal: options.signal, ...(key && { headers: { 'idempotency-key': key } }) });
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
    getContainer: async (id, options = {}) => read(content(id), options, parseContainer),
    getProgress: async (id, options = {}) => read(`${content(id)}/progress`, options, parseProgress),
    listContainers: async (projectId, filters = {}, options = {}) => {
      const parameters = listParameters(filters, settings.edition, options.cursor).toString();
      return read(`/v1/projects/${segment('projectId', projectId)}/content${parameters && `?${parameters}`}`, options, parseContainerPage);
    },
    getJob: async (id, options = {}) => read(job(id), options, parseJob, true),
    cancelJob: async (id, options = {}) => write(`${job(id)}/cancel`, {}, options, parseCancelResult),
    getAsset: async (id, assetId, options = {}) => read(`${content(id)}/assets/${segment('assetId', assetId)}`, options, parseAsset),
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
