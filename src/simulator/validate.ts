import { invalid, type Issue } from './problem.js';

/** A request body that is a JSON object. */
export type Body = Readonly<Record<string, unknown>>;

/** Collects what is wrong with a request, then throws it all as one 422. */
export class Checks {
  readonly issues: Issue[] = [];

  add(path: string, message: string): void {
    this.issues.push({ path: [path], message });
  }

  /** A string of a length, or `null` when absent and not required. */
  text(body: Body, name: string, { min = 1, max = 2000, required = false } = {}): string | null {
    const value = body[name];
    if (value === undefined || value === null) {
      if (required) this.add(name, 'Required');
      return null;
    }
    if (typeof value !== 'string') this.add(name, 'Expected string');
    else if (value.length < min) this.add(name, `String must contain at least ${min} character(s)`);
    else if (value.length > max) this.add(name, `String must contain at most ${max} character(s)`);
    else return value;
    return null;
  }

  /** A whole number within bounds, or `null` when absent. */
  integer(body: Body, name: string, min: number, max: number): number | null {
    const value = body[name];
    if (value === undefined || value === null) return null;
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    this.add(name, `Expected an integer from ${min} to ${max}`);
    return null;
  }

  /** One of some strings, or `null` when absent and not required. */
  oneOf<T extends string>(value: unknown, name: string, allowed: readonly T[], required = false): T | null {
    if (value === undefined || value === null) {
      if (required) this.add(name, 'Required');
      return null;
    }
    const found = allowed.find((item) => item === value);
    if (found === undefined) this.add(name, `Invalid enum value. Expected ${allowed.map((item) => `'${item}'`).join(' | ')}`);
    return found ?? null;
  }

  /** Throws 422 `VALIDATION` if anything was wrong. */
  done(): void {
    if (this.issues.length > 0) throw invalid(this.issues);
  }
}

/** A query's whole number, a default when absent; adds an issue when out of bounds. */
export function queryInteger(checks: Checks, query: URLSearchParams, name: string, min: number, max: number, fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  checks.add(name, `Expected an integer from ${min} to ${max}`);
  return fallback;
}

/** A repeated query key whose every value must be allowed; empty when absent. */
export function queryEnums<T extends string>(checks: Checks, query: URLSearchParams, name: string, allowed: readonly T[]): T[] {
  return query.getAll(name).flatMap((value) => checks.oneOf(value, name, allowed) ?? []);
}
