import { LayersError } from '../model/errors.js';
import type { FieldProblem } from '../model/fieldErrors.js';
import { isRecord, plainRecord } from '../model/plainJson.js';
import type { Edition } from './clientOptions.js';

/** One invalid field of an input, in the shape of the API's `details.issues`. */
interface InputIssue {
  path: [string];
  code: FieldProblem;
  message: string;
  minimum?: number;
  maximum?: number;
}

/** Reads the fields of an input and collects all issues, to report them in one error. A field that is `null` counts as omitted. */
export class InputChecks {
  readonly #method: string;
  readonly #input: Record<string, unknown>;
  readonly #issues: InputIssue[] = [];

  constructor(method: string, input: unknown) {
    this.#method = method;
    this.#input = isRecord(input) ? input : {};
  }

  /** Adds an issue. @param takes what the field accepts, as the end of a sentence */
  add(field: string, code: FieldProblem, takes: string, limits?: { minimum: number; maximum: number }): undefined {
    this.#issues.push({ path: [field], code, message: `It takes ${takes}.`, ...limits });
  }

  /** The format with hyphens; `''` with an issue if it is invalid. */
  format(): string {
    const { format } = this.#input;
    if (typeof format === 'string' && /^[A-Za-z][A-Za-z0-9_-]*$/.test(format)) return format.replaceAll('_', '-');
    this.add('format', this.#has('format') ? 'invalid' : 'required', "a format such as 'ugc-remix'");
    return '';
  }

  /** A string as given; `undefined` if omitted or empty. */
  text(field: string, { required = false, max = Number.POSITIVE_INFINITY } = {}): string | undefined {
    const value = this.#input[field] ?? '';
    if (typeof value !== 'string') return this.add(field, 'invalid', 'a text');
    if (value.length > max) return this.add(field, 'too_long', `up to ${max} characters`, { minimum: 1, maximum: max });
    if (required && value.trim() === '') return this.add(field, 'required', 'a text that is not blank');
    return value || undefined;
  }

  integer(field: string, minimum: number, maximum: number): number | undefined {
    const value = this.#input[field] ?? undefined;
    if (value === undefined || (Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum)) return value as number;
    return this.add(field, 'out_of_range', `a whole number from ${minimum} to ${maximum}`, { minimum, maximum });
  }

  record(field: string): Record<string, unknown> | undefined {
    const value = this.#input[field] ?? undefined;
    return value === undefined ? value : (plainRecord(value) ?? this.add(field, 'invalid', 'an object that can be written as JSON'));
  }

  flag(field: string): boolean | undefined {
    const value = this.#input[field] ?? undefined;
    return value === undefined || typeof value === 'boolean' ? value : this.add(field, 'invalid', 'true or false');
  }

  /** Adds an issue for each field that the edition doesn't have: if they were dropped silently, something else would be generated and charged. */
  notIn(edition: Edition, fields: readonly string[]): void {
    for (const field of fields) if (this.#has(field)) this.add(field, 'not_supported', `nothing in the ${edition} edition`);
  }

  /** @throws LayersError `INVALID_INPUT` if there is any issue */
  done(): void {
    const [first] = this.#issues;
    if (first === undefined) return;
    const each = this.#issues.map(({ path: [field], message }) => `${field}: ${message}`).join(' ');
    throw new LayersError({
      code: 'INVALID_INPUT',
      message: `layers-react: ${this.#method}() got an input that cannot be used, so nothing was started. ${each}`,
      details: { path: first.path[0], issues: this.#issues },
    });
  }

  #has(field: string): boolean {
    return (this.#input[field] ?? '') !== '';
  }
}
