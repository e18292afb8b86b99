import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { containerKey } from '../../../src/model/ids.js';
import type { FollowRequest, Pushed } from '../../../src/schedule/pushed.js';
import { createMemoryStore, type LayersStore } from '../../../src/server.js';
import { Peers } from '../../../src/server/events/peers.js';
import { Link } from '../../../src/server/store/link.js';
import { stopTime, tick as pass } from '../../truth/support.js';
import { wayTo } from '../store/wayTo.js';
import { house } from './support.js';

const ends: (() => void)[] = [];
beforeEach(() => {
  stopTime();
});
afterEach(() => {
  for (const end of ends.splice(0)) end();
  vi.useRealTimers();
});

const following = (id: string): FollowRequest => ({ id, wants: ['record'], isOnScreen: true, isKnown: false });
const record = (id: string, length: number): Pushed => ({ kind: 'record', id, body: { id, text: 'x'.repeat(length) }, at: Date.now() });

/** One process: what it follows, what it has read, and what others told it. */
function join(memory: LayersStore, { follows = [], known = [] }: { follows?: string[]; known?: Pushed[] } = {}) {
  const way = wayTo(memory);
  const link = new Link(way.store, () => {});
  const told: Pushed[] = [];
  const peers = new Peers(link, 'reader ', {
    follows: () => follows.map(following),
    follow: () => () => {},
    known: (key) => known.filter(({ id }) => key.includes(id)),
    changed: () => {},
    take: (news) => void told.push(...news),
    touch: () => {},
  });
  ends.push(() => {
    peers.close();
    link.close();
  });
  return { peers, told, way };
}

describe('what one process has read', () => {
  test('is told whole, and then no more, to one that follows so much that no message could hold it', async () => {
    const memory = createMemoryStore();
    const ids = Array.from({ length: 12 }, (_, index) => `many-${index}`);
    join(memory, { known: ids.map((id) => record(id, 600_000)) });
    await pass(100);
    const follower = join(memory, { follows: ids });
    await pass(2_000);
    expect(new Set(follower.told.map(({ id }) => id))).toEqual(new Set(ids));
    const before = [follower.told.length, follower.way.puts];
    await pass(10_000);
    expect([follower.told.length, follower.way.puts]).toEqual(before);
  });

  test('is not asked for again and again where a single read is too long to be told, and the others are told', async () => {
    const memory = createMemoryStore();
    join(memory, { known: [record('long', 4_000_000), record('short', 10)] });
    await pass(100);
    const follower = join(memory, { follows: ['long', 'short'] });
    await pass(2_000);
    const before = follower.way.puts;
    await pass(10_000);
    expect(new Set(follower.told.map(({ id }) => id))).toEqual(new Set(['short']));
    expect(follower.way.puts).toBe(before);
  });
});

test('a failure that another process tells without saying what failed is ignored: viewers get what is known', async () => {
  const memory = createMemoryStore();
  const { get, inFlight, server } = house({ store: wayTo(memory).store });
  ends.push(() => server.close());
  const other = join(memory);
  await pass(1_000);
  const id = inFlight();
  const poll = async () => {
    const answer = get(`/v1/content/${id}/progress`);
    await pass(6_000);
    return (await answer).status;
  };
  expect([await poll(), await poll()]).toEqual([200, 200]);
  for (let time = 0; time < 2; time += 1) {
    other.peers.tell([{ kind: 'error', id, read: 'progress', at: Date.now() } as never], []);
    await pass(10);
    expect(await poll()).toBe(200);
  }
});

test('a list that another process reads, and which shows nothing new, takes the place of no progress', async () => {
  const memory = createMemoryStore();
  const { get, inFlight, server, sent } = house({ store: wayTo(memory).store });
  ends.push(() => server.close());
  const id = inFlight();
  for (let poll = 0; poll < 2; poll += 1) {
    await get(`/v1/content/${id}/progress`);
    await pass(1_000);
  }
  const other = join(memory);
  await pass(1_000);
  const before = sent.length;
  for (let second = 0; second < 30; second += 1) {
    void get(`/v1/content/${id}/progress`);
    other.peers.tell([], [[containerKey(id), Date.now(), 'row']]);
    await pass(1_000);
  }
  const polls = sent.slice(before).filter(({ url }) => url.endsWith('/progress'));
  expect(polls.length).toBeGreaterThanOrEqual(10);
});
