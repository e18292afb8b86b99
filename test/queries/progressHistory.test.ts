import { expect, test } from 'vitest';
import { ProgressHistoryStore } from '../../src/queries/progressHistory.js';

const writing = [{ stage: 'writing_script', seconds: 20 }];
const finalizing = [{ stage: 'finalizing', seconds: 10 }];
const planned = (store: ProgressHistoryStore) => store.planFor(null)?.map(({ stage }) => stage);

test('a provider without stages leaves those of another provider of the client', () => {
  const store = new ProgressHistoryStore();
  store.expect(writing);
  const end = store.expect(undefined);
  expect(planned(store)).toEqual(['writing_script']);
  end();
  expect(planned(store)).toEqual(['writing_script']);
});

test('of two providers with stages the latest applies, and the first again once that is gone', () => {
  const store = new ProgressHistoryStore();
  const endFirst = store.expect(writing);
  const endSecond = store.expect(finalizing);
  expect(planned(store)).toEqual(['finalizing']);
  endSecond();
  expect(planned(store)).toEqual(['writing_script']);
  endFirst();
  expect(planned(store)).toBeUndefined();
});

test('two providers with the very same stages each end only their own', () => {
  const store = new ProgressHistoryStore();
  const endFirst = store.expect(writing);
  store.expect(finalizing);
  store.expect(writing);
  endFirst();
  expect(planned(store)).toEqual(['writing_script']);
});
