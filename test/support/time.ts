import { vi } from 'vitest';
import type { LayersClientOptions } from '../../src/index.js';

type Fetch = NonNullable<LayersClientOptions['fetch']>;

/**
 * Makes timers and the date stand still until {@link pass} moves them. React's own scheduler runs on. Where time stands still already it goes on from
 * there: our clock never runs backwards, and so would count from another date than the simulator's.
 */
export const stopTime = () =>
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'], now: Date.now() });

/** The bodies that are being read: a browser does that in its own time, and slowly where the machine is busy. */
const bodies = new Set<Promise<unknown>>();

/** A `fetch` whose bodies {@link pass} waits for. */
export const waitedFor =
  (fetch: Fetch): Fetch =>
  async (...request) => {
    const response = await fetch(...request);
    const text = response.text.bind(response);
    response.text = () => {
      const body = text();
      const forget = () => bodies.delete(body);
      bodies.add(body);
      body.then(forget, forget);
      return body;
    };
    return response;
  };

/**
 * Lets time go by in small steps, so that what is real (the body of an answer, React's scheduler) keeps up with what is not, and lets all that began
 * finish, which takes a few milliseconds more.
 */
export async function pass(milliseconds: number): Promise<void> {
  const step = Math.max(500, milliseconds / 400);
  for (let left = milliseconds; left > 0; left -= step) {
    await vi.advanceTimersByTimeAsync(Math.min(step, left));
    await settled();
  }
  for (let turn = 0; turn < 4; turn += 1) {
    await settled();
    await vi.advanceTimersByTimeAsync(1);
  }
}

async function settled(): Promise<void> {
  await nextTask();
  while (bodies.size > 0) {
    await Promise.allSettled(bodies);
    await nextTask();
  }
}

const nextTask = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
