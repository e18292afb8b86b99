import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMemoryStore } from '../../../src/server.js';
import { stopTime, tick as pass } from '../../truth/support.js';
import { wayTo } from '../store/wayTo.js';
import { house } from './support.js';

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A server part among several, for organisations that each request names, and how often it asked who reads for one of them. */
function setup() {
  const way = wayTo(createMemoryStore());
  const parts = house({ store: way.store, organization: (request) => request.headers.get('x-organization') });
  const read = async (path: string, organization: string) => {
    const answer = parts.get(path, { headers: { 'x-organization': organization } });
    await pass(6_000);
    return (await answer).status;
  };
  const leases = (organization: string) => way.leases.get(`reader ${organization}`) ?? 0;
  return { ...parts, read, leases };
}

test('an organisation whose people look at what has ended costs nothing while nobody follows anything of it', async () => {
  const { simulator, inFlight, read, leases, server } = setup();
  const id = inFlight();
  simulator.finish(id, 'completed');
  for (const path of [`/v1/content/${id}`, `/v1/content/${id}/progress`, `/v1/jobs/${simulator.jobId(id)}`])
    expect([await read(path, 'org_ended'), await read(path, 'org_ended')]).toEqual([200, 200]);
  await pass(30_000);
  expect(leases('org_ended')).toBe(0);
  server.close();
});

test('an organisation of which something in flight is polled takes part in who reads, until nobody polls it', async () => {
  const { inFlight, read, leases, server } = setup();
  const path = `/v1/content/${inFlight()}/progress`;
  expect([await read(path, 'org_running'), await read(path, 'org_running')]).toEqual([200, 200]);
  expect(leases('org_running')).toBeGreaterThan(0);
  await pass(30_000);
  const before = leases('org_running');
  await pass(30_000);
  expect(leases('org_running')).toBe(before);
  server.close();
});
