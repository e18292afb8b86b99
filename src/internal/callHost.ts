/**
 * Calls a function of the host's, if there is one. What it throws, or rejects with, is reported like an error in an event listener, and stops nothing of ours.
 *
 * @returns what it returns; `undefined` where it threw, or there is none
 */
export function callHost<Args extends unknown[], Result>(call: ((...args: Args) => Result) | undefined, ...args: Args): Result | undefined {
  try {
    const result = call?.(...args);
    // An `async` function throws by rejecting.
    if (result instanceof Promise) result.catch(report);
    return result;
  } catch (error) {
    report(error);
    return undefined;
  }
}

function report(error: unknown): void {
  if (typeof reportError === 'function') reportError(error);
  // oxlint-disable-next-line no-console -- where nothing else would tell the host
  else console.error(error);
}
