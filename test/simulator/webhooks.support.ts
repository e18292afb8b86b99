import { verifyWebhook, type WebhookEvent } from '../../src/server.js';
import type { SimulatorOptions } from '../../src/testing.js';
import { setup, slow } from './support.js';

const secret = 'whsec_simulated';

/** One webhook as the endpoint got it. */
interface Received {
  body: string;
  headers: Headers;
  /** What the server part makes of it, by the simulator's clock; `null` for one that it refuses. */
  event: WebhookEvent | null;
  /** The code of the refusal; empty for one that is believed. */
  refusal: string;
  at: number;
}

/** A simulator whose clock stands still, and an endpoint that verifies what it is sent and answers what the test says. */
export function setupWebhooks(options: SimulatorOptions = {}, secrets: string | readonly string[] = secret) {
  const received: Received[] = [];
  let time = 0;
  let answer: (event: WebhookEvent) => number | Error = () => 204;
  const made = setup({
    generation: slow,
    webhooks: {
      url: 'https://partner.example/api/layers/v1/webhooks',
      secret: secrets,
      async fetch(request) {
        const body = await request.text();
        const { headers } = request;
        const at = time;
        const entry: Received = { body, headers, event: null, refusal: '', at };
        // In the order that they were sent, not that of the checks.
        received.push(entry);
        try {
          entry.event = await verifyWebhook(body, headers, { secret, now: () => start() + at });
        } catch (error) {
          entry.refusal = error instanceof Error && 'code' in error ? String(error.code) : String(error);
          return new Response(null, { status: 400 });
        }
        const status = answer(entry.event);
        if (status instanceof Error) throw status;
        return new Response(status === 204 ? null : 'answered', { status });
      },
    },
    ...options,
  });
  const start = () => Date.UTC(2026, 3, 18, 9, 30);
  return {
    ...made,
    received,
    /** Moves the clock and lets what is due leave. */
    pass: async (ms: number) => {
      time += ms;
      made.advance(ms);
      await made.simulator.deliverWebhooks();
    },
    answerWith: (next: typeof answer) => {
      answer = next;
    },
    types: () => received.map(({ body }) => (JSON.parse(body) as { type: string }).type),
    log: () => made.simulator.webhooks.map(({ type, attempt, status }) => `${type} ${attempt} ${status}`),
  };
}
