import { LayersError } from '../model/errors.js';

/** Most characters of a note and of a reason (approve-content and reject-content references). Counted as a string's `length`, like the API does. */
export const LONGEST_TEXT = 1_024;

/** A person's decision: approve, with or without a note, or reject with a reason. */
export type ApprovalDecision = { decision: 'approve'; note?: string | undefined } | { decision: 'reject'; reason: string };

/** What keeps the API from taking a text; `null`: nothing. */
export type TextProblem = 'missing' | 'too-long' | null;

/** Whether the API would take a reason, which has to be there. Blanks alone are none. */
export function reasonProblem(reason: string): TextProblem {
  return reason.trim() === '' ? 'missing' : noteProblem(reason);
}

/** Whether the API would take a note, which may be left out. */
export function noteProblem(note: string): TextProblem {
  return note.length > LONGEST_TEXT ? 'too-long' : null;
}

/** @throws LayersError `INVALID_INPUT` that names the field, before a write is spent on it */
export function checkDecision(input: ApprovalDecision): void {
  const [path, value] = input.decision === 'approve' ? (['note', input.note ?? ''] as const) : (['reason', input.reason] as const);
  // Callers in JavaScript leave the reason out.
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
