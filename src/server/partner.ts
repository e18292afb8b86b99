import { within } from './deadline.js';
import { Refusal } from './refusal.js';

const MESSAGE = "We couldn't check whether you have access. Nothing was changed. Try again in a moment.";

/**
 * Calls a function of the partner's that decides who may see what, within a deadline.
 *
 * @throws Refusal 500 if it throws or is late: the browser learns nothing of the error, the operator gets all of it. 499 if the browser disconnected
 */
export async function askPartner<T>(
  option: 'authorize' | 'viewer' | 'organization',
  ms: number,
  call: () => T | Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const refuse = (what: string, cause?: unknown) =>
    new Refusal(500, 'AUTHORIZATION_FAILED', MESSAGE, {
      report: { message: `${option} ${what}, so the request was answered 500.`, cause },
    });
  const late = () => refuse(`did not answer within ${ms} ms (timeoutMs)`);
  try {
    return await within({ ms, late, signal }, call);
  } catch (error) {
    throw error instanceof Refusal ? error : refuse('threw', error);
  }
}
