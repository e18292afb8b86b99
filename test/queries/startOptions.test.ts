import { MutationObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { generateOptions } from '../../src/core.js';
import { createSimulator } from '../../src/testing.js';
import { closePages, followRow, isList, lasting, openPageOf, stopTime, tick } from '../truth/support.js';

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.useRealTimers();
});

test('what was started is read with the lists of its project, also where the server spells that without its prefix', async () => {
  const simulator = createSimulator({ tier: 'off', generation: lasting(3_600_000) });
  const page = openPageOf(simulator, {
    fetch: async (url, init) => {
      const response = await simulator.fetch(url, init);
      if (init.method !== 'POST') return response;
      const body = (await response.json()) as object;
      return Response.json({ ...body, projectId: page.projectId.replace('prj_', '') }, { status: response.status });
    },
  });
  const { client, queryClient, projectId } = page;
  expect(projectId).toMatch(/^prj_/);
  const generation = new MutationObserver(queryClient, generateOptions(client, queryClient, projectId));
  const started: string[] = [];
  for (const hook of ['One', 'Two']) {
    const mutation = generation.mutate({ format: 'slideshow-builder', hook });
    await tick(500);
    started.push(...(await mutation).containerIds);
  }
  const before = simulator.addContainer();
  for (const id of [...started, before]) followRow(page, id, false, ['progress']);
  followRow(page, before, false, ['container']);
  await tick(30_000);
  const projects = new Set(page.reads(isList).map((path) => path.split('/')[3]));
  expect(started).toHaveLength(2);
  expect(projects).toEqual(new Set([projectId]));
});
