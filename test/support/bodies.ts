import type { LayersClientOptions } from '../../src/index.js';
import { nextTask } from './nextTask.js';

type Fetch = NonNullable<LayersClientOptions['fetch']>;

/** The bodies that are being read: a browser does that in its own time, and slowly where the machine is busy. */
const bodies = new Set<Promise<unknown>>();

/** A `fetch` whose bodies {@link settled} waits for. */
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

/** Lets one turn of the event loop go by, and waits until the bodies that are being read have been. */
export async function settled(): Promise<void> {
  await nextTask();
  while (bodies.size > 0) {
    await Promise.allSettled(bodies);
    await nextTask();
  }
}
