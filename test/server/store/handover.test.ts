import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMemoryStore } from '../../../src/server.js';
import { Link } from '../../../src/server/store/link.js';
import { stopTime, tick as pass } from '../../truth/support.js';
import { takePart } from './takePart.js';
import { wayTo } from './wayTo.js';

const links: Link[] = [];
beforeEach(() => {
  stopTime();
});
afterEach(() => {
  for (const link of links.splice(0)) link.close();
  vi.useRealTimers();
});

/** A leader, and a process that follows something, each with a way of its own to one store. */
async function pair(follows: string[]) {
  const memory = createMemoryStore();
  const open = (follow: string[]) => {
    const way = wayTo(memory);
    const link = new Link(way.store, () => {});
    links.push(link);
    return Object.assign(takePart(link, follow), { way });
  };
  const leader = open([]);
  await pass(100);
  const follower = open(follows);
  await pass(1_000);
  expect([leader.processes.isLeader, follower.processes.isLeader]).toEqual([true, false]);
  return { leader, follower };
}

describe('a process that begins anew', () => {
  test('is followed as any other, though nobody heard it leave and it had changed often before', async () => {
    const { leader, follower } = await pair(['a']);
    for (let change = 0; change < 50; change += 1) {
      follower.follows = ['a', `${change}`];
      follower.processes.changed();
      await pass(1);
    }
    expect(leader.following.get(follower.link.id)).toEqual(['a', '49']);
    follower.way.isCut = true;
    follower.processes.close();
    await pass(1_000);
    follower.way.isCut = false;
    const again = takePart(follower.link, ['b']);
    await pass(4_000);
    expect([leader.processes.isLeader, again.processes.isLeader]).toEqual([true, false]);
    expect(leader.following.get(follower.link.id)).toEqual(['b']);
    again.processes.close();
  });
});

describe('a leader that closes', () => {
  test('is replaced at once, also where its connection is closed in the same moment, and keeps nothing of what it followed', async () => {
    const { leader, follower } = await pair(['a']);
    leader.processes.close();
    leader.link.close();
    await vi.advanceTimersByTimeAsync(0);
    expect([follower.processes.isLeader, leader.processes.isLeader]).toEqual([true, false]);
    expect(leader.following.size).toBe(0);
  });
});
