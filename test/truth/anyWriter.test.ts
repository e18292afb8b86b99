import { dehydrate, hydrate, notifyManager } from '@tanstack/react-query';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Container, containerListOptions, containerOptions } from '../../src/core.js';
import { closePages, followRow, lasting, openPage, stopTime, tick } from './support.js';
import { keyOf, mountList, openServer, recordOf, SCOPE, views } from './written.js';

vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.useRealTimers();
});

/** `WRITTEN_RUNS=1000 PROPERTY_SEED=random` for a long run. */
const RUNS = Number(process.env.WRITTEN_RUNS ?? 30);

describe('whoever writes, and whatever is read, decided and mounted meanwhile', () => {
  const act = fc.constantFrom(
    ...([
      'finish',
      'decide',
      'approve',
      'regenerate',
      'read',
      'read progress',
      'read list',
      'refetch',
      'mount',
      'unmount',
      'wait',
    ] as const),
    ...(['write', 'write old', 'change', 'prefetch', 'prefetch list', 'hydrate', 'hydrate list'] as const),
  );
  const script = fc.array(fc.record({ act, which: fc.nat(3), time: fc.integer({ min: 0, max: 3_000 }) }), { minLength: 5, maxLength: 30 });

  test('hooks and lists never disagree', () =>
    fc.assert(
      fc.asyncProperty(script, async (steps) => {
        stopTime();
        const page = openPage({ tier: 'off' }, { ...SCOPE, readsPerMinute: 100_000 });
        const ids = [6_000, 15_000, 1e9, 1e9].map((durationMs) => page.simulator.addContainer({ generation: lasting(durationMs) }));
        const server = openServer(page);
        const records = new Map<string, Container>();
        const lists = [mountList(page), mountList(page, { limit: 2 }), mountList(page, { status: ['queued', 'processing'] })];
        const hooks = new Map(ids.slice(1).map((id) => [id, followRow(page, id, true)]));
        const disagreed: unknown[] = [];
        const check = () => {
          for (const id of ids) {
            const hook = hooks.get(id);
            const told = lists.filter((list) => list.row(id));
            const shown = views(id, hook?.container() ? [hook] : [], told);
            const progress = hook?.progress()?.status;
            if (shown.length > 1 || (progress && progress !== shown[0]?.status)) disagreed.push({ id, shown, progress });
          }
        };
        const stop = page.queryClient.getQueryCache().subscribe(notifyManager.batchCalls(check));
        const ignore = () => undefined;
        for (const { act: what, which, time } of steps) {
          const id = ids[which] as string;
          const list = containerListOptions(page.client, page.projectId, { limit: 2 });
          const key = keyOf(page, id);
          if (what === 'finish') page.simulator.finish(id);
          else if (what === 'decide') page.simulator.decide(id, 'rejected');
          else if (what === 'approve') void page.client.approve(id).catch(ignore);
          else if (what === 'regenerate') void page.client.regenerate(id).catch(ignore);
          else if (what === 'read') void page.client.getContainer(id).then((record) => records.set(id, record), ignore);
          else if (what === 'read progress') void page.client.getProgress(id).catch(ignore);
          else if (what === 'read list') void page.client.listContainers(page.projectId).catch(ignore);
          else if (what === 'refetch') void page.queryClient.refetchQueries({ queryKey: list.queryKey });
          else if (what === 'write') page.queryClient.setQueryData(key, (await recordOf(page, id)) as never);
          else if (what === 'write old') page.queryClient.setQueryData(key, (old: unknown) => records.get(id) ?? old);
          else if (what === 'change')
            page.queryClient.setQueryData(key, (old: object | undefined) => old && { ...old, hook: `Mine ${time}` });
          else if (what === 'prefetch') void server.queryClient.prefetchQuery(containerOptions(server.client, id));
          else if (what === 'prefetch list')
            void server.queryClient.fetchQuery({ ...containerListOptions(server.client, page.projectId, { limit: 2 }), staleTime: 0 });
          else if (what.startsWith('hydrate')) {
            const state = JSON.parse(JSON.stringify(dehydrate(server.queryClient))) as ReturnType<typeof dehydrate>;
            const kind = what === 'hydrate' ? 'container' : 'list';
            hydrate(page.queryClient, { ...state, queries: state.queries.filter(({ queryKey }) => queryKey[2] === kind) });
          } else if (what === 'mount' && !hooks.has(id)) hooks.set(id, followRow(page, id, true));
          else if (what === 'unmount') {
            hooks.get(id)?.stop();
            hooks.delete(id);
          }
          check();
          await tick(time);
          check();
          expect(disagreed).toEqual([]);
        }
        stop();
        closePages();
      }),
      { numRuns: RUNS },
    ));
});
