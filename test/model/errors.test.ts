import { describe, expect, test } from 'vitest';
import { isLayersError, LayersError } from '../../src/model/index.js';
import { errorFromResponse } from '../../src/model/errorBody.js';

const HTML = '<html><body>nginx/1.18 upstream db-7.internal refused</body></html>';

function from(status: number, body: unknown, headers: { requestId?: string; retryAfterMs?: number } = {}) {
  return errorFromResponse({ status, body, requestId: headers.requestId ?? null, retryAfterMs: headers.retryAfterMs ?? null });
}

const envelope = (error: unknown) => ({ error });

describe('an envelope', () => {
  test('becomes exactly its members', () => {
    const details = { issues: [{ path: 'hook' }], nested: { deep: [1] } };
    const error = from(422, envelope({ code: 'VALIDATION', message: 'hook is too long.', requestId: 'req_1', details }));
    expect(error).toBeInstanceOf(LayersError);
    expect(error).toMatchObject({ code: 'VALIDATION', message: 'hook is too long.', requestId: 'req_1', status: 422, retryAfterMs: null });
    expect(error.details).toStrictEqual(details);
  });

  test('takes the request id of the header where it has none', () => {
    const error = envelope({ code: 'NOT_FOUND', message: 'Container not found.' });
    expect(from(404, error, { requestId: 'req_header' }).requestId).toBe('req_header');
    expect(from(404, error)).toMatchObject({ requestId: null, details: null });
  });

  test('keeps its code, message, request id and details at a 5xx, where KILL_SWITCH comes', () => {
    const body = envelope({ code: 'KILL_SWITCH', message: 'This key is suspended.', requestId: 'req_1', details: { scope: 'key' } });
    expect(from(503, body, { retryAfterMs: 1000 })).toMatchObject({
      code: 'KILL_SWITCH',
      message: 'This key is suspended.',
      requestId: 'req_1',
      details: { scope: 'key' },
      retryable: false,
      retryAfterMs: 1000,
    });
  });

  test.each([
    ['no code', { message: 'x' }],
    ['an empty message', { code: 'NOT_FOUND', message: ' ' }],
    ['no message', { code: 'NOT_FOUND' }],
    ['a code in small letters', { code: 'not_found', message: 'x' }],
    ['a code with markup', { code: '<B>', message: 'x' }],
    ['a code that is too long', { code: 'A'.repeat(65), message: 'x' }],
    ['a code that is a number', { code: 404, message: 'x' }],
    ['a message that is no text', { code: 'NOT_FOUND', message: { text: 'x' } }],
    ['an error that is a text', 'NOT_FOUND'],
    ['an error that is null', null],
    ['an error that is a list', [{ code: 'NOT_FOUND', message: 'x' }]],
  ])('with %s is none', (_, error) => {
    expect(from(404, envelope(error)).code).toBe('HTTP_404');
  });

  test.each([[undefined], [null], ['text'], [['list']], [7]])('details %j are null', (details) => {
    expect(from(409, envelope({ code: 'CONFLICT', message: 'x', details })).details).toBeNull();
  });
});

describe('any other body', () => {
  test.each([400, 401, 402, 403, 404, 408, 409, 413, 418, 422, 429, 500, 502, 503, 504, 599, 300, 304])(
    'at %d becomes HTTP_<status> with a fixed message',
    (status) => {
      const messages = new Set<string>();
      for (const body of [
        undefined,
        null,
        HTML,
        7,
        [HTML],
        {},
        { message: HTML },
        { error: HTML },
        { error: { code: HTML, message: HTML } },
      ]) {
        const error = from(status, body, { requestId: 'req_header' });
        expect(error).toMatchObject({ code: `HTTP_${status}`, status, requestId: 'req_header', details: null });
        messages.add(error.message);
      }
      const [message, ...others] = messages;
      expect(others).toEqual([]);
      expect(message).toContain(`(HTTP ${status})`);
      expect(message?.split('. ').length).toBeGreaterThanOrEqual(3);
      expect(message).not.toContain('nginx');
    },
  );
});

describe('retryable', () => {
  test.each([
    [408, true],
    [429, true],
    [500, true],
    [502, true],
    [599, true],
    [304, false],
    [400, false],
    [401, false],
    [404, false],
    [409, false],
    [422, false],
  ])('%d: %s', (status, retryable) => {
    expect(from(status, undefined).retryable).toBe(retryable);
    expect(from(status, envelope({ code: 'KILL_SWITCH', message: 'x' })).retryable).toBe(false);
    expect(from(status, envelope({ code: 'A_NEWER_CODE', message: 'x' })).retryable).toBe(retryable);
  });

  test.each([
    ['NETWORK', true],
    ['TIMEOUT', true],
    ['INVALID_RESPONSE', false],
    ['INVALID_INPUT', false],
    ['API_KEY_IN_BROWSER', false],
  ])('without an answer, %s: %s', (code, retryable) => {
    expect(new LayersError({ code, message: 'x' })).toMatchObject({ retryable, status: null, requestId: null, details: null });
  });
});

describe('isLayersError', () => {
  test('knows its own, those of another copy, and nothing else', () => {
    expect(isLayersError(from(404, undefined))).toBe(true);
    expect(isLayersError({ name: 'LayersError', code: 'NOT_FOUND' })).toBe(true);
    for (const other of [new Error('x'), null, undefined, 'LayersError', {}, { name: 'LayersError' }])
      expect(isLayersError(other)).toBe(false);
  });

  test('the cause is kept', () => {
    const cause = new TypeError('fetch failed');
    expect(new LayersError({ code: 'NETWORK', message: 'x', cause }).cause).toBe(cause);
    expect('cause' in new LayersError({ code: 'NETWORK', message: 'x' })).toBe(false);
  });
});
