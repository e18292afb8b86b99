import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FieldError, fieldErrorsOf, LayersError } from '../../src/model/index.js';

const refused = (details: unknown, init: { code?: string; status?: number | null } = {}) =>
  new LayersError({ code: 'VALIDATION', status: 422, message: 'The request is not valid.', ...init, details: details as never });
const read = (details: unknown, init = {}) => fieldErrorsOf(refused(details, init)).map(({ field, message }) => [field, message]);

describe('fieldErrorsOf', () => {
  test.each<[string, unknown, string[][]]>([
    ['a path as an array', { issues: [{ path: ['hook'], message: 'Required' }] }, [['hook', 'Required']]],
    ['a path as a string', { issues: [{ path: 'hook', message: 'Required' }] }, [['hook', 'Required']]],
    ['a pointer', { issues: [{ path: '/brief/language', message: 'Unknown' }] }, [['brief.language', 'Unknown']]],
    ['a wrapped body', { issues: [{ path: ['body', 'tiktokVideoId'], message: 'Required' }] }, [['tiktokVideoId', 'Required']]],
    ['the body as a whole', { issues: [{ path: ['body'], message: 'Expected object' }] }, [['', 'Expected object']]],
    ['no path in it', { issues: [{ path: [], message: 'Expected object' }] }, [['', 'Expected object']]],
    ['the old brief', { issues: [{ path: ['brief', 'hook'], message: 'Too long' }] }, [['hook', 'Too long']]],
    ['what only the brief has', { issues: [{ path: ['brief', 'themeTags', 0], message: 'No' }] }, [['brief.themeTags.0', 'No']]],
    ['underscores', { issues: [{ path: ['tiktok_video_id'], message: 'Required' }] }, [['tiktokVideoId', 'Required']]],
    ['another word for the list', { errors: [{ field: 'hook', msg: 'Required' }] }, [['hook', 'Required']]],
    [
      'a record of lists',
      { fieldErrors: { hook: ['One', 'Two'], mediaId: 'Three' } },
      [
        ['hook', 'One'],
        ['hook', 'Two'],
        ['mediaId', 'Three'],
      ],
    ],
    [
      'missing fields',
      { missingFields: ['appName', 'appDescription'] },
      [
        ['appName', 'Required'],
        ['appDescription', 'Required'],
      ],
    ],
    ['one field alone', { path: 'variantCount' }, [['variantCount', 'The request is not valid.']]],
    [
      'the same twice',
      {
        issues: [
          { path: ['hook'], message: 'No' },
          { path: 'hook', message: 'No' },
        ],
      },
      [['hook', 'No']],
    ],
    ['an issue without words', { issues: [{ path: ['hook'] }] }, [['hook', 'This cannot be used.']]],
    ['what is no issue', { issues: [null, 7, 'hook', [], {}, { path: {} }] }, []],
    ['no list', { issues: 'hook' }, []],
    ['nothing', null, []],
  ])('reads %s', (_, details, expected) => {
    expect(read(details)).toEqual(expected);
  });

  test.each([
    [422, 'VALIDATION'],
    [400, 'VALIDATION'],
    [400, 'VALIDATION_FAILED'],
    [422, 'SOMETHING_NEW'],
  ])('reads %i %s alike', (status, code) => {
    expect(read({ issues: [{ path: ['hook'], message: 'No' }] }, { status, code })).toEqual([['hook', 'No']]);
  });

  test.each([
    ['MISSING_APP_DEMO', 'mediaId', 'missing_app_demo'],
    ['NOT_A_SLIDESHOW', 'tiktokVideoId', 'not_a_slideshow'],
  ])('%s is a field, as a code of the details and as the code itself', (code, field, problem) => {
    const expected = [{ field, problem }];
    expect(fieldErrorsOf(refused({ code }))).toMatchObject(expected);
    expect(fieldErrorsOf(refused(null, { code }))).toMatchObject(expected);
    expect(fieldErrorsOf(refused({ code, issues: [{ path: [field], message: 'Said before' }] }))).toMatchObject(expected);
  });

  test.each([
    ['Required', 'required', null],
    ['Invalid input: expected string, received undefined', 'required', null],
    ['String must contain at least 1 character(s)', 'required', null],
    ['String must contain at most 2000 character(s)', 'too_long', { min: 0, max: 2_000 }],
    ['Too big: expected string to have <=64 characters', 'too_long', { min: 0, max: 64 }],
    ["Invalid enum value. Expected 'fork' | 'reimagine'", 'invalid', null],
    ['Expected an integer from 1 to 5', 'invalid', null],
    ['This influencer is being trained.', null, null],
  ])('a validator that says %j means %s', (message, problem, limits) => {
    expect(fieldErrorsOf(refused({ issues: [{ path: ['hook'], message }] }))).toEqual([{ field: 'hook', message, problem, limits }]);
  });

  test.each([[{ code: 'INVALID_RESPONSE', status: null }], [{ code: 'INTERNAL', status: 500 }], [{ code: 'NETWORK', status: null }]])(
    '%o says nothing of fields',
    (init) => {
      expect(read({ path: 'hook', issues: [{ path: ['hook'], message: 'No' }] }, init)).toEqual([]);
    },
  );

  test.each([undefined, null, 'no', new Error('no'), {}])('%o is no error of ours', (error) => {
    expect(fieldErrorsOf(error)).toEqual([]);
  });

  test('a thousand of them are fifty, and a novel is a paragraph', () => {
    const issues = Array.from({ length: 1_000 }, (_, index) => ({ path: [`f${index}`], message: 'x'.repeat(9_000) }));
    const found = read({ issues });
    expect(found).toHaveLength(50);
    expect(found[0]?.[1]).toHaveLength(500);
  });

  test.each([[{ toString: null }], ['constructor'], ['toString'], [['NOT_A_SLIDESHOW']]])('a code of %j names no field', (code) => {
    expect(fieldErrorsOf(refused({ code }))).toEqual([]);
  });

  test('whatever the details are, the answer is plain and never a throw', () => {
    const names = fc.constantFrom('issues', 'errors', 'fieldErrors', 'fields', 'missingFields', 'path', 'field', 'code');
    fc.assert(
      fc.property(fc.dictionary(names, fc.jsonValue()), (details) => {
        const found: FieldError[] = fieldErrorsOf(refused(details));
        for (const { field, message } of found) {
          expect(typeof field).toBe('string');
          expect(message.trim()).not.toBe('');
        }
        expect(JSON.parse(JSON.stringify(found))).toEqual(found);
      }),
    );
  });
});
