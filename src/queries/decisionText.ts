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

/** The `INVALID_INPUT` error that names the field of an invalid decision; `null`: it is valid. */
export function decisionError(input: ApprovalDecision): LayersError | null {
  const path = input.decision === 'approve' ? 'note' : 'reason';
  // JavaScript callers can omit the reason.
  const text: unknown = input.decision === 'approve' ? (input.note ?? '') : input.reason;
  const problem = typeof text !== 'string' ? 'missing' : path === 'reason' ? reasonProblem(text) : noteProblem(text);
  if (problem === null) return null;
  const fault = problem === 'missing' ? 'missing' : `${(text as string).length} characters long`;
  return new LayersError({
    code: 'INVALID_INPUT',
    message: `layers-react: the ${path} is ${fault}, so nothing was decided. Pass a text of ${path === 'reason' ? '1' : 'up'} to ${LONGEST_TEXT} characters.`,
    details: { path, problem },
  });
}
