import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, renderHook } from 'vitest-browser-react';
import { useCancelJob, useJob } from '../../src/index.js';
import { messages as german } from '../../src/locales/de.js';
import { LayersProvider } from '../../src/index.js';
import { createSentWorld } from '../support/sentWorld.js';
import { pass, stopTime } from '../support/time.js';
import { shortLife } from '../support/world.js';

beforeEach(() => {
  stopTime();
});

afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

function start(options: Parameters<typeof createSentWorld>[0] = {}, edition: 'current' | 'legacy' = 'current') {
  const world = createSentWorld({ edition, ...options }, { edition });
  const id = world.simulator.addContainer({ generation: shortLife(20_000) });
  return { world, jobId: world.simulator.jobId(id) as string };
}

const useBoth = (jobId: string | null) => ({ cancel: useCancelJob(jobId), job: useJob(jobId).data });

describe.each(['current', 'legacy'] as const)('the three answers of the %s edition', (edition) => {
  test('accepted: it stops in a moment, and is read until it has', async () => {
    const { world, jobId } = start({}, edition);
    const { result } = await renderHook(() => useBoth(jobId), { wrapper: world.wrapper });
    await pass(5_000);
    result.current.cancel.mutate();
    await pass(500);
    expect(result.current.cancel).toMatchObject({ data: { answer: 'accepted' }, message: 'Stopping. This takes a moment.', error: null });
    expect(result.current.job?.status).toBe('running');
    await pass(5_000);
    expect(result.current.job?.status).toBe('canceled');
    const reads = world.reads().length;
    await pass(60_000);
    expect(world.reads()).toHaveLength(reads);
  });

  test('it had ended: told as that, and its end is read', async () => {
    const { world, jobId } = start({}, edition);
    const { result } = await renderHook(() => ({ cancel: useCancelJob(jobId), job: useJob(jobId, { refetchInterval: false }).data }), {
      wrapper: world.wrapper,
    });
    await pass(30_000);
    expect(result.current.job?.status).toBe('running');
    result.current.cancel.mutate();
    await pass(500);
    expect(result.current.cancel).toMatchObject({ data: { answer: 'ended' }, message: 'This had already ended.', error: null });
    expect(result.current.job?.status).toBe('completed');
  });

  test('not in this stage: no error, and what stage that is', async () => {
    const { world, jobId } = start({}, edition);
    const { result } = await renderHook(() => useBoth(jobId), { wrapper: world.wrapper });
    await pass(19_200);
    result.current.cancel.mutate();
    await pass(100);
    expect(result.current.cancel).toMatchObject({
      data: { answer: 'unavailable', stage: 'finalizing' },
      message: 'This cannot be stopped at this stage.',
      error: null,
    });
    await pass(5_000);
    expect(result.current.job?.status).toBe('completed');
  });
});

test('another conflict is an error, told as a failure', async () => {
  const { world, jobId } = start({ faults: [{ kind: 'status', status: 409, match: /cancel/, details: { subcode: 'ELSE' } }] });
  const { result } = await renderHook(() => useBoth(jobId), { wrapper: world.wrapper });
  result.current.cancel.mutate();
  await pass(100);
  expect(result.current.cancel).toMatchObject({ error: { code: 'CONFLICT' }, message: 'This could not be stopped. Try again.' });
});

test('a double click asks once, and what is known to have ended is not asked', async () => {
  const { world, jobId } = start();
  const { result } = await renderHook(() => useBoth(jobId), { wrapper: world.wrapper });
  await pass(1_000);
  result.current.cancel.mutate();
  result.current.cancel.mutate();
  await pass(10_000);
  expect(world.sent).toHaveLength(1);
  expect(result.current.job?.status).toBe('canceled');
  result.current.cancel.mutate();
  await pass(100);
  expect(result.current.cancel.data?.answer).toBe('ended');
  expect(world.sent).toHaveLength(1);
});

test('an answer that was lost may be asked for again', async () => {
  const { world, jobId } = start({ faults: [{ kind: 'drop', match: /cancel/, times: 1, takesEffect: true }] });
  const { result } = await renderHook(() => useBoth(jobId), { wrapper: world.wrapper });
  result.current.cancel.mutate();
  await pass(100);
  expect(result.current.cancel.error).toMatchObject({ code: 'NETWORK' });
  result.current.cancel.mutate();
  await pass(100);
  expect(result.current.cancel.data?.answer).toBe('accepted');
});

test('without a job nothing is asked', async () => {
  const { world } = start();
  const { result } = await renderHook(() => useBoth(null), { wrapper: world.wrapper });
  result.current.cancel.mutate();
  await pass(100);
  expect(result.current.cancel.error).toMatchObject({ code: 'INVALID_INPUT' });
  expect(world.sent).toEqual([]);
});

test('the words are those of the provider', async () => {
  const { world, jobId } = start();
  const { result } = await renderHook(() => useCancelJob(jobId), {
    wrapper: ({ children }) => (
      <LayersProvider client={world.client} queryClient={world.queryClient} locale="de" messages={german}>
        {children}
      </LayersProvider>
    ),
  });
  result.current.mutate();
  await pass(100);
  expect(result.current.message).toBe('Wird angehalten. Das dauert einen Moment.');
});
