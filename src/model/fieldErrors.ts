import { isLayersError } from './errors.js';
import { isRecord } from './plainJson.js';

/** What is wrong with a field, where that is known in a word: the catalogue has a sentence for each. */
export type FieldProblem =
  | 'required'
  /** One of several fields is needed: an account or an influencer. */
  | 'one_of'
  | 'too_long'
  /** No whole number within its bounds. */
  | 'out_of_range'
  /** The edition in use has no such field. */
  | 'not_supported'
  | 'invalid'
  /** The project has no app demo, so one has to be named (`MISSING_APP_DEMO`). */
  | 'missing_app_demo'
  /** The source is a video (`NOT_A_SLIDESHOW`). */
  | 'not_a_slideshow';

/** One thing wrong with one field of what was sent. */
export interface FieldError {
  /** The field by its name in our input (`hook`, `tiktokVideoId`); dots lead into objects (`brief.language`). `''`: the input as a whole. */
  field: string;
  /** For a person: the API's own words, or ours in English. */
  message: string;
  /** `null`: only the words are known. */
  problem: FieldProblem | null;
  /** The least and the most that the field takes, for `too_long` and `out_of_range`; `null` where that is not said. */
  limits: { min: number; max: number } | null;
}

const PROBLEMS: ReadonlySet<string> = new Set<FieldProblem>([
  'required',
  'one_of',
  'too_long',
  'out_of_range',
  'not_supported',
  'invalid',
  'missing_app_demo',
  'not_a_slideshow',
]);

/** Fields that an error names by its code rather than by a path (ugc-remix and slideshow-remix pages). */
const CODES: ReadonlyMap<unknown, { field: string; problem: FieldProblem }> = new Map([
  ['MISSING_APP_DEMO', { field: 'mediaId', problem: 'missing_app_demo' }],
  ['NOT_A_SLIDESHOW', { field: 'tiktokVideoId', problem: 'not_a_slideshow' }],
]);

/** What the wire puts before the fields of our input: the body as a whole, the old edition's brief. */
const WRAPPERS = /^(?:body|input|json)\.(?=.)/;
const BRIEF = /^brief\.(?=(?:hook|influencerId)$)/;
const MOST = 50;
const LONGEST_MESSAGE = 500;

/**
 * What an error says of single fields, by whatever shape of `details` it says it: `issues` (either edition's), `errors`, `fieldErrors`, `missingFields`,
 * `path`, or a code that stands for a field. `[]` where it names none, and for anything that is no `LayersError`. Nothing of the shape is trusted.
 */
export function fieldErrorsOf(error: unknown): FieldError[] {
  if (!isLayersError(error)) return [];
  const { code, message, details, status } = error;
  // What cannot be read in an answer (`INVALID_RESPONSE`) has a path too, but not into what was sent.
  if (code !== 'INVALID_INPUT' && (status === null || status < 400 || status > 499)) return [];
  const named = CODES.get(code) ?? CODES.get(details?.['code']);
  const found = isRecord(details) ? readDetails(details, message) : [];
  const all = named ? [{ ...named, message, limits: null }, ...found.filter(({ field }) => field !== named.field)] : found;
  const seen = new Set<string>();
  return all.slice(0, MOST).filter(({ field, message: words }) => {
    const key = `${field}\n${words}`;
    return !seen.has(key) && seen.add(key);
  });
}

function readDetails(details: Record<string, unknown>, message: string): FieldError[] {
  const lists = [details['issues'], details['errors']].flatMap((list) => (Array.isArray(list) ? list.slice(0, MOST) : []));
  const found = [
    ...lists.flatMap(readIssue),
    ...readRecord(details['fieldErrors'] ?? details['fields']),
    ...rows(details['missingFields']).flatMap((name) => one(name, 'Required', 'required')),
  ];
  return found.length > 0 ? found : one(details['path'] ?? details['field'], message, null);
}

function readIssue(issue: unknown): FieldError[] {
  if (!isRecord(issue)) return [];
  const { code, message, msg, minimum, maximum } = issue;
  const path = issue['path'] ?? issue['field'] ?? issue['loc'];
  const limits = isCount(minimum) && isCount(maximum) ? { min: minimum, max: maximum } : null;
  if (typeof code === 'string' && PROBLEMS.has(code)) return one(path, message ?? msg, code as FieldProblem, limits);
  return one(path, message ?? msg, null).map((error) => ({ ...error, ...understood(error.message) }));
}

/** What a validator's own words mean: they are for whoever wrote the request, and in English. */
function understood(words: string): Partial<FieldError> {
  if (/^(?:Required|Missing|Field required)\.?$|received undefined|at least 1 character/i.test(words)) return { problem: 'required' };
  const max = Number(/at most (\d{1,9}) character|<=(\d{1,9}) characters/i.exec(words)?.slice(1).find(Boolean) ?? 0);
  if (max > 0) return { problem: 'too_long', limits: { min: 0, max } };
  return /^Invalid (?:enum|option|input|type)|^Expected /i.test(words) ? { problem: 'invalid' } : {};
}

function readRecord(record: unknown): FieldError[] {
  if (!isRecord(record)) return [];
  return Object.entries(record)
    .slice(0, MOST)
    .flatMap(([name, messages]) => (Array.isArray(messages) ? rows(messages) : [messages]).flatMap((message) => one(name, message, null)));
}

function one(path: unknown, message: unknown, problem: FieldProblem | null, limits: FieldError['limits'] = null): FieldError[] {
  const field = fieldOf(path);
  if (field === null) return [];
  const words = typeof message === 'string' ? message.trim().slice(0, LONGEST_MESSAGE) : '';
  return [
    { field, message: words === '' ? 'This cannot be used.' : words, problem: words === '' ? (problem ?? 'invalid') : problem, limits },
  ];
}

/** `['body', 'brief', 'hook']`, `body.hook`, `/hook` and `tiktok_video_id` as the names of our input; `null` where there is no path at all. */
function fieldOf(path: unknown): string | null {
  const parts = Array.isArray(path) ? path.filter((part) => typeof part === 'string' || typeof part === 'number') : path;
  const joined = Array.isArray(parts) ? parts.join('.') : typeof parts === 'string' ? parts.replace(/^\//, '').replaceAll('/', '.') : null;
  if (joined === null) return null;
  const name = joined
    .slice(0, 200)
    .replace(/^(?:body|input|json)$/, '')
    .replace(WRAPPERS, '')
    .replace(BRIEF, '');
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function rows(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST) : [];
}

const isCount = (value: unknown): value is number => Number.isFinite(value);
