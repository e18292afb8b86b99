import { expect, test } from 'vitest';
import { isLayersError } from '../../../src/core.js';
import { verifyWebhook } from '../../../src/server.js';
import { createMemoryDedupe, dedupeKey } from '../../../src/server/webhooks/dedupe.js';
import { subjectOf } from '../../../src/server/webhooks/subject.js';
import { createSimulator, type SimulatorFault } from '../../../src/testing.js';

const secret = 'whsec_simulated';

/** A receiver made of the parts, that fails at the first attempt of some events after it began to handle them. */
function receiver(now: () => number) {
  const dedupe = createMemoryDedupe({ now });
  const failing = new Set<string>();
  const handled: string[] = [];
  const refusals: string[] = [];
  const handle = async (request: Request): Promise<Response> => {
    try {
      const event = await verifyWebhook(await request.arrayBuffer(), request.headers, { secret, now });
      const key = dedupeKey(event) ?? '';
      if (!(await dedupe.isNew(key))) return new Response();
      if (/[0-4]$/.test(key) && !failing.has(key)) {
        failing.add(key);
        await dedupe.forget(key);
        return new Response(null, { status: 503 });
      }
      const subject = subjectOf(event);
      for (const of of [subject?.jobId, ...(subject?.containerIds ?? [])]) if (of) handled.push(`${event.type} ${of}`);
      return new Response();
    } catch (error) {
      refusals.push(isLayersError(error) ? error.code : String(error));
      return new Response(null, { status: 400 });
    }
  };
  return { handle, handled, refusals, failing };
}

test('through duplicates, reordering, delay and forgeries, with a receiver that fails, each end is handled once', async () => {
  let time = Date.UTC(2026, 3, 18);
  const now = () => time;
  const { handle, handled, refusals, failing } = receiver(now);
  const kinds = ['duplicate', 'reorder', 'delay', 'forged'] as const;
  const faults: SimulatorFault[] = kinds.map((kind) => ({ kind: `webhook-${kind}`, rate: 0.4, latencyMs: [0, 600_000] }));
  const simulator = createSimulator({ now, faults, webhooks: { url: 'https://partner.example/', secret, fetch: handle } });
  const expected: string[] = [];
  for (let index = 0; index < 60; index += 1) {
    const outcome = (['completed', 'failed', 'canceled'] as const)[index % 3] ?? 'completed';
    const id = simulator.addContainer({ generation: { outcome } });
    const ends = outcome === 'completed' ? [`content.generated ${id}`, `job.completed ${id}`] : [];
    expected.push(...ends, `job.${outcome} ${simulator.jobId(id)}`);
  }
  for (let minute = 0; minute < 60; minute += 1) {
    time += 60_000;
    await simulator.deliverWebhooks();
  }
  expect(handled.sort()).toEqual(expected.sort());
  expect(failing.size).toBeGreaterThan(5);
  const forged = simulator.webhooks.filter(({ isForged }) => isForged).length;
  expect(forged).toBeGreaterThan(5);
  expect(refusals).toEqual(Array.from({ length: forged }, () => 'WEBHOOK_SIGNATURE_MISMATCH'));
});
