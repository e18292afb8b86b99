import { beforeEach, describe, expect, test, vi } from 'vitest';
import { monotonicNow } from '../../src/internal/monotonicNow.js';
import type { SimulatorFault } from '../../src/testing.js';
import { randomFrom } from '../truth/measure.js';
import { pass, stopTime } from '../support/time.js';
import { createScene, isList } from './scene.js';

beforeEach(() => {
  stopTime();
  vi.spyOn(Math, 'random').mockImplementation(randomFrom(8));
});

/** Of each of `count` rows: the seconds until its next read, as they are told at one moment and as they turn out. */
async function measure(count: number, isOnScreen: boolean, fault: SimulatorFault | null, ms: number) {
  const scene = createScene();
  const rows = Array.from({ length: count }, () => scene.add());
  for (const id of rows) scene.progress(id, isOnScreen);
  await pass(60_000);
  if (fault) scene.simulator.setFaults([fault]);
  await pass(ms);
  const [now, at] = [monotonicNow(), Date.now()];
  const told = rows.map((id) => ((scene.client.schedule.freshness(id).nextReadAt ?? Number.NaN) - now) / 1_000);
  scene.simulator.clearRequests();
  await pass(200_000);
  const came = rows.map((id) => {
    const next = scene.simulator.requests.find(({ path }) => path.includes(id) || (!isOnScreen && isList(path)));
    return ((next?.at ?? Number.NaN) - at) / 1_000;
  });
  scene.client.close();
  return rows.map((_, index) => ({ told: told[index] as number, came: came[index] as number }));
}

const sizes = [1, 3, 6, 12, 25, 50];
const faults: [string, SimulatorFault | null, number][] = [
  ['is read', null, 0],
  ['fails since 10 s', { kind: 'status', status: 502 }, 10_000],
  ['fails since 5 min', { kind: 'status', status: 502 }, 300_000],
  ['is paused', { kind: 'status', status: 429, retryAfter: '100', times: 1 }, 10_000],
  ['is paused by a 503', { kind: 'status', status: 503, retryAfter: '40', times: 1 }, 10_000],
];

/** A slot or two, which no bar shows. */
const GRACE = 2;

describe.each(faults)('the next read of what %s', (_, fault, ms) => {
  describe.each(['on', 'off'])('comes when it is told: %s screen', (where) => {
    test.each(sizes)('%d rows', async (count) => {
      for (const { told, came } of await measure(count, where === 'on', fault, ms)) {
        expect(told).toBeLessThanOrEqual((came * 4) / 3 + GRACE);
        expect(told).toBeGreaterThanOrEqual(came / 2 - GRACE);
      }
    });
  });
});
