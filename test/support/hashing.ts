/** Hashes and signatures that are being made: on other threads, in real time, whatever the clock of the test does. */
const pending = new Set<Promise<unknown>>();

for (const name of ['digest', 'importKey', 'sign', 'verify'] as const) {
  const make = crypto.subtle[name].bind(crypto.subtle) as (...input: unknown[]) => Promise<never>;
  crypto.subtle[name] = (...input: unknown[]) => {
    const made = make(...input);
    pending.add(made);
    const done = () => pending.delete(made);
    made.then(done, done);
    return made;
  };
}

/** Waits for what is being hashed, signed or verified now. Returns whether anything was. */
export async function hashed(): Promise<boolean> {
  const isAny = pending.size > 0;
  await Promise.allSettled(pending);
  return isAny;
}
