import { within } from './deadline.js';
import { Refusal } from './refusal.js';

const CHECK_FAILED = [
  'AUTHORIZATION_FAILED',
  "We couldn't check whether you have access. Nothing was changed. Try again in a moment.",
] as const;

const refusals = {
  authorize: CHECK_FAILED,
  viewer: CHECK_FAILED,
  organization: CHECK_FAILED,
  apiKey: ['API_KEY_UNAVAILABLE', "The content service can't be reached at the moment. Nothing was changed. Try again in a moment."],
} as const;

/**
 * Calls a function that the partner gave, within a deadline.
 *
 * @throws Refusal 500 if it throws or is late: the browser learns nothing of the error, the operator gets all of it. 499 if the browser disconnected
 */
export async function askPartner<T>(
  option: keyof typeof refusals,
  ms: number,
  call: () => T | Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const [code, message] = refusals[option];
  const refuse = (what: string, cause?: unknown) =>
    new Refusal(500, code, message, { report: { message: `${option} ${what}, so the request was answered 500.`, cause } });
  const late = () => refuse(`did not answer within ${ms} ms (timeoutMs)`);
  try {
    return await within({ ms, late, signal }, call);
  } catch (error) {
    throw error instanceof Refusal ? error : refuse('threw', error);
  }
}
