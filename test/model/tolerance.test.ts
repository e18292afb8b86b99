import { describe, expect, test } from 'vitest';
import {
  isLayersError,
  type LayersError,
  parseApprovalResult,
  parseAsset,
  parseCancelResult,
  parseContainer,
  parseContainerPage,
  parseJob,
  parsePreview,
  parseProgress,
} from '../../src/model/index.js';
import { readSample, sampleWith } from './samples/readSample.js';

const VIDEO = 'get-container.edition-new.completed-video.json';

function errorOf(parse: (json: unknown) => unknown, json: unknown): LayersError {
  try {
    parse(json);
  } catch (error) {
    if (isLayersError(error)) return error;
    throw error;
  }
  throw new Error(`read without an error: ${JSON.stringify(json)}`);
}

/** The path an INVALID_RESPONSE names, in its details and in its message. */
function refusedPath(parse: (json: unknown) => unknown, json: unknown): unknown {
  const { code, details, message } = errorOf(parse, json);
  const path = details?.['path'];
  return code === 'INVALID_RESPONSE' && message.includes(`\`${String(path)}\``) ? path : { code, path, message };
}

const bodies = [
  ['container', parseContainer],
  ['page', parseContainerPage],
  ['progress', parseProgress],
  ['job', parseJob],
  ['asset', parseAsset],
  ['approval', parseApprovalResult],
  ['cancel', parseCancelResult],
] as const;

describe('a body of no use', () => {
  test.each(bodies)('%s: what is no object is INVALID_RESPONSE', (_, parse) => {
    for (const body of [null, undefined, '', '<html>', 0, NaN, true, [], [{ id: 'cnt_1' }]]) expect(refusedPath(parse, body)).toBe('$');
  });

  test('a preview that is no object is INVALID_RESPONSE, save null', () => {
    for (const body of ['', 'https://media.layers.com/a.mp4', 0, false, []]) expect(refusedPath(parsePreview, body)).toBe('$');
  });

  test.each([
    ['container', parseContainer, 'id', { status: 'completed' }],
    ['progress', parseProgress, 'containerId', { status: 'completed' }],
    ['job', parseJob, 'jobId', { status: 'running' }],
    ['approval', parseApprovalResult, 'id', { approvalStatus: 'approved' }],
    ['cancel', parseCancelResult, 'jobId', { accepted: true }],
  ] as const)('%s without an id names the path', (_, parse, key, rest) => {
    for (const id of [undefined, null, '', '  ', 7, ['cnt_1'], {}]) expect(refusedPath(parse, { ...rest, [key]: id })).toBe(key);
    expect(refusedPath(parse, rest)).toBe(key);
  });

  test('a cancel answer that does not say whether it was accepted', () => {
    expect(refusedPath(parseCancelResult, { jobId: 'job_1' })).toBe('accepted');
    expect(refusedPath(parseCancelResult, { jobId: 'job_1', accepted: 'yes' })).toBe('accepted');
  });

  test('a page without items', () => {
    for (const items of [undefined, null, {}, 'items', 3])
      expect(refusedPath(parseContainerPage, { items, nextCursor: null })).toBe('items');
  });

  test('the message says what happened, why it matters and what to do, and nothing of the body', () => {
    const error = errorOf(parseContainer, { id: 7, hook: 'secret' });
    expect(error).toMatchObject({ status: null, requestId: null, retryable: false });
    expect(error.message).toBe(
      'The answer cannot be read as a container: `id` is missing or not of type string. Nothing of it can be shown. ' +
        'Check that the proxy passes the JSON of the API on unchanged, and that the request went to the right address.',
    );
  });
});

describe('a page', () => {
  test('loses only the rows that have no id, and reports them', () => {
    const page = parseContainerPage({
      items: [{ id: 'cnt_1' }, null, { id: '' }, 'cnt_2', { id: 'cnt_3', status: ['?'], preview: 'junk' }, { status: 'completed' }, []],
    });
    expect(page.containers.map((container) => container.id)).toEqual(['cnt_1', 'cnt_3']);
    expect(page.invalid).toEqual([
      { index: 1, reason: '`$` (the whole of it) is not an object' },
      { index: 2, reason: '`id` is blank' },
      { index: 3, reason: '`$` (the whole of it) is not an object' },
      { index: 5, reason: '`id` is missing or not of type string' },
      { index: 6, reason: '`$` (the whole of it) is not an object' },
    ]);
  });

  test('keeps an id that comes twice', () => {
    const page = parseContainerPage({ items: [{ id: 'cnt_1' }, { id: 'cnt_1' }] });
    expect(page.containers).toHaveLength(2);
  });

  test.each([[undefined], [null], [''], [7], [{}]])('nextCursor %j ends the list', (nextCursor) => {
    expect(parseContainerPage({ items: [], nextCursor })).toStrictEqual({ containers: [], nextCursor: null, invalid: [] });
  });

  test('gives rows the names of the contract and no others', () => {
    const [row] = parseContainerPage({ items: [readSample(VIDEO)] }).containers;
    const container = parseContainer(readSample(VIDEO));
    expect(Object.keys(row ?? {})).not.toContain('assets');
    expect(container).toMatchObject(row ?? {});
  });
});

describe('a container', () => {
  test('unknown keys are ignored, harmful ones included', () => {
    const body: unknown = JSON.parse('{"id":"cnt_1","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"newKey":1}');
    expect(parseContainer(body)).toStrictEqual(parseContainer({ id: 'cnt_1' }));
    expect({}).not.toHaveProperty('polluted');
  });

  test('a missing key, null and a value of the wrong kind read the same', () => {
    const keys = Object.keys(sampleWith(VIDEO)).filter((key) => key !== 'id' && key !== 'preview');
    for (const key of keys) {
      const missing = parseContainer(sampleWith(VIDEO, { [key]: undefined }));
      for (const junk of [null, 7, true, [[]], { x: { y: 1 } }]) {
        expect(parseContainer(sampleWith(VIDEO, { [key]: junk })), `${key}: ${JSON.stringify(junk)}`).toStrictEqual(missing);
      }
    }
  });

  test('hook comes from the brief where there is none of its own; line breaks and emoji stay', () => {
    expect(parseContainer({ id: 'cnt_1', brief: { hook: 'a\n\tb 🧠' } }).hook).toBe('a\n\tb 🧠');
    expect(parseContainer({ id: 'cnt_1', hook: '', brief: { hook: 'old' } }).hook).toBe('');
    expect(parseContainer({ id: 'cnt_1', brief: { hook: 7 } }).hook).toBeNull();
    expect(parseContainerPage({ items: [{ id: 'cnt_1', brief: { hook: 'old' } }] }).containers[0]?.hook).toBe('old');
  });

  test('caption comes from the first of captions where there is none of its own; rows without a text are dropped', () => {
    const captions = [{ platform: 'tiktok' }, 'x', { platform: 'tiktok', text: 'first', extra: 1 }, { text: 'second' }];
    const container = parseContainer({ id: 'cnt_1', captions });
    expect(container.caption).toBe('first');
    expect(container.captions).toStrictEqual([
      { platform: 'tiktok', text: 'first' },
      { platform: '', text: 'second' },
    ]);
    expect(parseContainer({ id: 'cnt_1', caption: '', captions }).caption).toBe('');
  });

  test('lastError needs a code or a message', () => {
    const lastError = (value: unknown) => parseContainer({ id: 'cnt_1', lastError: value }).lastError;
    expect(lastError({ code: 'NO_FACE', message: 'No face found.', more: 1 })).toStrictEqual({
      code: 'NO_FACE',
      message: 'No face found.',
    });
    expect(lastError({ message: 'No face found.' })).toStrictEqual({ code: '', message: 'No face found.' });
    expect(lastError({ code: 'NO_FACE', message: null })).toStrictEqual({ code: 'NO_FACE', message: '' });
    for (const value of [null, undefined, {}, [], 'NO_FACE', { code: 7 }]) expect(lastError(value)).toBeNull();
  });

  test('platformFit is null where it is not given, and loses rows it cannot use', () => {
    const platformFit = (value: unknown) => parseContainer({ id: 'cnt_1', platformFit: value }).platformFit;
    expect(platformFit(undefined)).toBeNull();
    expect(platformFit({})).toBeNull();
    expect(platformFit([])).toStrictEqual([]);
    expect(platformFit([{ platform: 'tiktok', ok: true }, { platform: 'x' }, null])).toStrictEqual([
      { platform: 'tiktok', ok: true, issues: [] },
    ]);
  });

  test('assetId wins over id', () => {
    expect(parseAsset({ assetId: 'ast_1', id: 'med_1' }).id).toBe('ast_1');
    expect(parseAsset({ id: 'med_1' }).id).toBe('med_1');
    expect(parseAsset({}).id).toBeNull();
  });

  test('the brief becomes plain JSON: no Infinity, no -0, no __proto__, nothing too deep', () => {
    const brief = (json: string) => parseContainer(JSON.parse(`{"id":"cnt_1","brief":${json}}`)).brief;
    expect(brief('{"a":1e999,"b":[-0,{"c":1}]}')).toStrictEqual({ a: null, b: [0, { c: 1 }] });
    expect(Object.keys(brief('{"__proto__":{"polluted":1},"a":{"__proto__":1}}') ?? {})).toEqual(['a']);
    expect(brief(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).toBeNull();
    expect(brief('[1]')).toBeNull();
  });
});

describe('a job', () => {
  test('names its containers: containerIds, else containerId, else what the result says', () => {
    const ids = (body: Record<string, unknown>) => parseJob({ jobId: 'job_1', ...body }).containerIds;
    expect(ids({ containerIds: ['a', 'b'], containerId: 'c' })).toEqual(['a', 'b']);
    expect(ids({ containerIds: [], containerId: 'c', result: { containerId: 'd' } })).toEqual(['c']);
    expect(ids({ containerIds: [null, '', 'b'] })).toEqual(['b']);
    expect(ids({ result: { containerId: 'd' } })).toEqual(['d']);
    expect(ids({ result: { containerIds: ['d', 'e'] } })).toEqual(['d', 'e']);
    expect(ids({ containerId: '', result: { containerId: 7 } })).toEqual([]);
    expect(ids({ result: [] })).toEqual([]);
  });

  test('a synthetic failed job says why', () => {
    const job = parseJob({ jobId: 'job_1', status: 'failed', error: { code: 'NO_FACE', message: 'No face found.' } });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'NO_FACE', message: 'No face found.' }, result: null });
  });
});

describe('an approval', () => {
  test('a synthetic schedule that failed while the approval stood', () => {
    const body = sampleWith('approve.edition-new.approved.json', {
      pendingSchedulePromotion: { status: 'failed', scheduledPostIds: null },
    });
    expect(parseApprovalResult(body)).toMatchObject({
      approvalStatus: 'approved',
      pendingSchedulePromotion: { status: 'failed', scheduledPostIds: [] },
    });
  });

  test('a status word this version does not know is kept', () => {
    expect(parseApprovalResult({ id: 'cnt_1', approvalStatus: 'escalated' })).toMatchObject({
      approvalStatus: 'unknown',
      rawApprovalStatus: 'escalated',
      decidedAt: null,
      decidedBy: null,
    });
  });
});
