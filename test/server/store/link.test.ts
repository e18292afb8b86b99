import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMemoryStore } from '../../../src/server.js';
import { Link } from '../../../src/server/store/link.js';
import { stopTime, tick as pass } from '../../truth/support.js';
import { wayTo } from './wayTo.js';

const links: Link[] = [];
beforeEach(() => {
  stopTime();
});
afterEach(() => {
  for (const link of links.splice(0)) link.close();
  vi.useRealTimers();
});

/** Two processes, and what the second one hears and says of its store. */
function house() {
  const memory = createMemoryStore();
  const way = wayTo(memory);
  const said: string[] = [];
  const heard: unknown[] = [];
  const other = new Link(wayTo(memory).store, () => {});
  const link = new Link(way.store, (error) => void said.push(error.cause instanceof Error ? error.cause.message : 'back'));
  links.push(other, link);
  link.listen({
    message: (kind, body) => {
      if (kind === 'news') heard.push(body);
    },
  });
  return { way, link, other, said, heard };
}

test('a process that no message reaches any more goes on alone after seconds, listens anew, and hears the others again', async () => {
  const { way, link, other, said, heard } = house();
  await pass(10_000);
  other.say('news', 'before');
  way.deafen();
  other.say('news', 'lost');
  await pass(8_000);
  expect(said).toEqual([expect.stringContaining('no message'), 'back']);
  other.say('news', 'after');
  await pass(60_000);
  expect(heard).toEqual(['before', 'after']);
  expect([link.isAway, said.length]).toEqual([false, 2]);
});

test('a process to which nobody says anything is not taken for one that hears nothing', async () => {
  const { link, said } = house();
  await pass(120_000);
  expect([link.isAway, said]).toEqual([false, []]);
});
