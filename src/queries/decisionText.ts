import { LayersError } from '../model/errors.js';

/** Most characters of a note and of a reason (approve-content and reject-content references). Counted as a string's `length`, like the API does. */
export const LONGEST_TEXT = 1_024;

/** A person's decision: approve, with or without a note, or reject with a reason. */
export type ApprovalDecision = { decision: 'approve'; note?: string | undefined } | { decision: 'reject'; reason: string };

/** Why the API would refuse a text; `null`: it is valid. */
export type TextProblem = 'missing' | 'too-long' | null;

/** Validates a reason, which is required. Whitespace alone counts as missing. */
export function reasonProblem(reason: string): TextProblem {
  return reason.trim() === '' ? 'missing' : noteProblem(reason);
}

/** Validates a note, which is optional. */
export function noteProblem(note: string): TextProblem {
  return note.length > LONGEST_TEXT ? 'too-long' : null;
}

/** Validates a decision. @throws LayersError `INVALID_INPUT` that names the field, before a write is spent */
export function checkDecision(input: ApprovalDecision): void {
  const [path, value] = input.decision === 'approve' ? (['note', input.note ?? ''] as const) : (['reason', input.reason] as const);
  // JavaScript callers can omit the reason.
  const text: unknown = value;
  const problem = typeof text !== 'string' ? 'missing' : path === 'reason' ? reasonProblem(text) : noteProblem(text);
  if (problem === null) return;
  const wanted = path === 'reason' ? `a text of 1 to ${LONGEST_TEXT} characters` : `a text of up to ${LONGEST_TEXT} characters`;
  throw new LayersError({
    code: 'INVALID_INPUT',
    message: `layers-react: the ${path} is ${problem === 'missing' ? 'missing' : `${(text as string).length} characters long`}, so nothing was decided. Pass ${wanted}.`,
    details: { path, problem },
  });
}
