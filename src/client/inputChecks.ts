import { LayersError } from '../model/errors.js';
import type { FieldProblem } from '../model/fieldErrors.js';
import { plainRecord } from '../model/plainJson.js';
import type { Edition } from './clientOptions.js';

/** Checks one field and returns what to send for it. `value`: `undefined` if the field is omitted. */
export type Check<T = unknown> = (value: unknown, refuse: Refuse) => T | undefined;

/** Adds an issue. `takes`: what the field accepts, as the end of a sentence. */
type Refuse = (code: FieldProblem, takes: string, limits?: { minimum: number; maximum: number }) => undefined;

export function text({ required = false, max = Number.POSITIVE_INFINITY } = {}): Check<string> {
  return (value, refuse) => {
    if (value !== undefined && typeof value !== 'string') return refuse('invalid', 'a text');
    if (value && value.length > max) return refuse('too_long', `up to ${max} characters`, { minimum: 1, maximum: max });
    return required && !value?.trim() ? refuse('required', 'a text that is not blank') : value;
  };
}

export function integer(minimum: number, maximum: number): Check {
  const isWithin = (value: unknown) => Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
  return (value, refuse) =>
    value === undefined || isWithin(value)
      ? value
      : refuse('out_of_range', `a whole number from ${minimum} to ${maximum}`, { minimum, maximum });
}

export const record: Check<Record<string, unknown>> = (value, refuse) =>
  value === undefined ? value : (plainRecord(value) ?? refuse('invalid', 'an object that can be written as JSON'));

export const flag: Check = (value, refuse) =>
  value === undefined || typeof value === 'boolean' ? value : refuse('invalid', 'true or false');

/** A field that the edition doesn't have: if it were dropped silently, something else would be generated and charged. */
export function notIn(edition: Edition): Check<never> {
  return (value, refuse) => (value === undefined ? value : refuse('not_supported', `nothing in the ${edition} edition`));
}

/** What to send of an input. `null` and `''`, as of an untouched form input, count as omitted. @throws LayersError `INVALID_INPUT`, its issues as the API's */
export function checkInput<Fields extends Record<string, unknown>>(
  method: string,
  input: unknown,
  checks: { [Field in keyof Fields]: Check<Fields[Field]> },
): Partial<Fields> {
  const issues: { path: [string]; code: FieldProblem; message: string; minimum?: number; maximum?: number }[] = [];
  const sent: Record<string, unknown> = {};
  for (const [field, check] of Object.entries<Check>(checks)) {
    const value = (input as Record<string, unknown> | null | undefined)?.[field] ?? '';
    sent[field] = check(value === '' ? undefined : value, (code, takes, limits) => {
      issues.push({ path: [field], code, message: `It takes ${takes}.`, ...limits });
      return undefined;
    });
  }
  const [first] = issues;
  if (first === undefined) return sent as Partial<Fields>;
  const each = issues.map(({ path: [field], message }) => `${field}: ${message}`).join(' ');
  throw new LayersError({
    code: 'INVALID_INPUT',
    message: `layers-react: ${method}() got an input that cannot be used, so nothing was started. ${each}`,
    details: { path: first.path[0], issues },
  });
}
