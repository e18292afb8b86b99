import { alterBody } from './alter.js';
import { codeForStatus, envelope, Problem } from './problem.js';
import type { SimulatorFault } from './types.js';

/** What comes back for a request. */
export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  /** `null`: no body. */
  body: string | Uint8Array<ArrayBuffer> | null;
}

/** An answer, or what is there in its place: a broken connection, or nothing ever. */
export type WireResult = WireAnswer | 'drop' | 'hang';

const json = { 'Content-Type': 'application/json; charset=utf-8' };

/** A JSON answer. @param text `null`: no body */
export function jsonAnswer(status: number, text: string | null, headers: Record<string, string>): WireAnswer {
  return { status, headers: text === null ? headers : { ...json, ...headers }, body: text };
}

/** An error answer; its `requestId` is the one in `X-Request-Id`. */
export function problemAnswer(problem: Problem, requestId: string, headers: Record<string, string>): WireAnswer {
  const { status, code, message, details } = problem;
  return jsonAnswer(status, JSON.stringify(envelope(code, message, requestId, details)), { ...headers, ...problem.headers });
}

/** What a fault puts in place of the answer. */
export function faultAnswer(fault: SimulatorFault, requestId: string, headers: Record<string, string>): WireResult {
  if (fault.kind === 'drop' || fault.kind === 'hang') return fault.kind;
  if (fault.kind === 'empty') return jsonAnswer(fault.status ?? 200, '', headers);
  const status = fault.status ?? 500;
  const retry: Record<string, string> = fault.retryAfter === undefined ? {} : { 'Retry-After': fault.retryAfter };
  if (fault.kind === 'html') {
    const body = `<!doctype html>\n<html><head><title>${status}</title></head><body><h1>${status}</h1><p>The server is having a moment.</p></body></html>\n`;
    return { status, headers: { ...headers, ...retry, 'Content-Type': 'text/html; charset=utf-8' }, body };
  }
  const problem = new Problem(status, fault.code ?? codeForStatus(status), 'A fault made on purpose.', fault.details ?? null, retry);
  return problemAnswer(problem, requestId, headers);
}

/** The text of a good answer after the faults that alter it. */
export function alteredText(text: string, faults: readonly SimulatorFault[]): string {
  if (faults.length === 0) return text;
  const body: unknown = JSON.parse(text);
  for (const { kind } of faults) alterBody(kind, body);
  const altered = JSON.stringify(body);
  return faults.some(({ kind }) => kind === 'truncated-json') ? altered.slice(0, Math.floor(altered.length * 0.6)) : altered;
}
