/** Uses something of the browser that may be missing, refused or broken (blocked cookies, sandboxed frames, jsdom): `undefined` where it throws. */
export function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
