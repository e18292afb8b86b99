import { expect, test } from 'vitest';
import { Listeners } from '../../src/internal/listeners.js';

test('each listener is called once, with what happened, until it is removed', () => {
  const listeners = new Listeners<[what: string]>();
  const heard: string[] = [];
  const listener = (what: string) => heard.push(what);
  const remove = listeners.add(listener);
  listeners.add(listener);
  listeners.add((what) => heard.push(`too: ${what}`));
  listeners.call('one');
  remove();
  remove();
  listeners.call('two');
  expect(heard).toEqual(['one', 'too: one', 'too: two']);
});

test('a listener may remove itself while it is called', () => {
  const listeners = new Listeners();
  let calls = 0;
  const remove = listeners.add(() => {
    calls += 1;
    remove();
  });
  listeners.call();
  listeners.call();
  expect(calls).toBe(1);
});
