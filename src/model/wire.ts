import * as z from 'zod/mini';
import { LayersError } from './errors.js';
import { isRecord, plainRecord } from './plainJson.js';
import { safeImageUrl, safeUrl } from './url.js';

// Every schema of the room is made on first use: a schema made while its file loads would keep zod in the bundle of a page that only shows components.

/** A schema that is made on first use, once. @internal */
/* @__NO_SIDE_EFFECTS__ */
export function lazily<Schema extends object>(make: () => Schema): () => Schema {
  let schema: Schema | undefined;
  return () => (schema ??= make());
}

// Members are read by functions of our own: every kind of schema that zod has for the same would be in the bundle, too.

/** A member exactly as sent, whatever it is; `undefined` where it is missing. @internal */
export const asSent = () => z.transform((value: unknown) => value);

/** A member read by a function that takes anything; it sees `null` where the member is missing. @internal */
export const readBy = <Output>(read: (value: unknown) => Output) => z.transform((value: unknown) => read(value ?? null));

/** A member that is `null` when it is missing, `null` or not what `schema` takes (model rule 5). @internal */
export function orNull<Output>(schema: z.ZodMiniType<Output>) {
  return readBy((value) => {
    const read = z.safeParse(schema, value);
    return read.success ? read.data : null;
  });
}

/** The members of an array that `schema` takes; `null` where it is none. @internal */
export function rowsIn<Output>(schema: z.ZodMiniType<Output>, value: unknown): Output[] | null {
  if (!Array.isArray(value)) return null;
  return value.flatMap((row: unknown) => {
    const read = z.safeParse(schema, row);
    return read.success ? [read.data] : [];
  });
}

/** An array, less the members that `schema` does not take; `[]` where it is none. @internal */
export const rowsOf = <Output>(schema: z.ZodMiniType<Output>) => readBy((value) => rowsIn(schema, value) ?? []);

/** A member without which the body is of no use. `isBlank`: of the right type, and of no use all the same. */
const required = <Output>(expected: string, is: (value: unknown) => value is Output, isBlank: (value: Output) => boolean = () => false) =>
  z.transform((value: unknown, { issues }): Output => {
    if (!is(value)) issues.push({ code: 'invalid_type', expected, input: value });
    else if (isBlank(value)) issues.push({ code: 'custom', input: value });
    return value as Output;
  });

const isText = (value: unknown) => typeof value === 'string';

/** A string; it may be empty. @internal */
export const requiredText = () => required('string', isText);

/** `true` or `false`. @internal */
export const requiredFlag = () => required('boolean', (value) => typeof value === 'boolean');

/** An array, whatever is in it. @internal */
export const requiredList = () => required('array', (value): value is unknown[] => Array.isArray(value));

/** An id: a string that is not blank. @internal */
export const requiredId = () => required('string', isText, (value) => value.trim() === '');

/** A string exactly as sent, or `null`. @internal */
export const text = () => readBy((value) => (typeof value === 'string' ? value : null));

/** The strings of an array that are not blank; `[]` when there is none. @internal */
export const texts = () => rowsOf(requiredId());

// `+ 0` turns -0 into 0: JSON writes both as 0, so -0 would not survive a round trip.
/** A finite number of 0 or more, or `null` (model rule 4). @internal */
export const nonNegative = () => readBy((value) => (isFiniteNumber(value) && value >= 0 ? value + 0 : null));

/** A finite number clamped to 0..1, or `null` (model rule 4). @internal */
export const share = () => readBy((value) => (isFiniteNumber(value) ? Math.min(1, Math.max(0, value)) : null));

/** A URL that may be put into a page, or `null` (model rule 3). @internal */
export const url = () => readBy(safeUrl);

/** A URL that may be shown as an image, or `null` (model rule 3). @internal */
export const imageUrl = () => readBy(safeImageUrl);

/** An open object as plain JSON, or `null`. @internal */
export const record = () => readBy(plainRecord);

/** Why a generation or a job failed; `null` where neither a code nor a message is given. @internal */
export const failure = () =>
  readBy((value) => {
    if (!isRecord(value)) return null;
    const { code, message } = value;
    if (typeof code !== 'string' && typeof message !== 'string') return null;
    return { code: typeof code === 'string' ? code : '', message: typeof message === 'string' ? message : '' };
  });

/** Reads a whole body. @throws LayersError `INVALID_RESPONSE` with `details.path`, where the body is of no use (model rule 5). @internal */
export function readBody<Output>(schema: z.ZodMiniType<Output>, json: unknown, what: string): Output {
  const read = z.safeParse(schema, json);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new LayersError({
    code: 'INVALID_RESPONSE',
    message:
      `The answer cannot be read as ${what}: ${reasonOf(issue)}. Nothing of it can be shown. ` +
      'Check that the proxy passes the JSON of the API on unchanged, and that the request went to the right address.',
    details: { path: pathOf(issue) },
    cause: read.error,
  });
}

/** Why a body or a row cannot be read, naming the path and never a value. @internal */
export function reasonOf(issue: z.core.$ZodIssue | undefined): string {
  const path = pathOf(issue);
  if (path === '$') return '`$` (the whole of it) is not an object';
  return issue?.code === 'invalid_type' ? `\`${path}\` is missing or not of type ${issue.expected}` : `\`${path}\` is blank`;
}

function pathOf(issue: z.core.$ZodIssue | undefined): string {
  return issue === undefined || issue.path.length === 0 ? '$' : issue.path.map(String).join('.');
}

function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}
