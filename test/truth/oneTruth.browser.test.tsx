import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import {
  ApprovalBadge,
  type Container,
  type ContainerSummary,
  StatusBadge,
  useApproval,
  useContainer,
  useContainerList,
  useContainerProgress,
} from '../../src/index.js';
import { pass } from '../support/time.js';
import { createWorld, type World } from '../support/world.js';
import { lasting, randomFrom, stopTime } from './support.js';

// On a slow machine too.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  stopTime();
});
afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

const words = (known: Container | ContainerSummary | undefined) =>
  known && JSON.stringify({ status: known.status, approval: known.approvalStatus, preview: known.preview });

/** Every hook and component that tells of a container, each in an element that says whose word it is. */
function Row({ id }: { id: string }) {
  const { data: container } = useContainer(id);
  const { data: progress } = useContainerProgress(id);
  const approval = useApproval(id);
  return (
    <li data-row={id}>
      <output data-says="useContainer">{words(container)}</output>
      <output data-says="useContainerProgress">{progress && JSON.stringify({ status: progress.status })}</output>
      <StatusBadge containerId={id} />
      <ApprovalBadge containerId={id} showNotRequired />
      <button type="button" onClick={() => approval.mutate({ decision: 'approve' })}>
        Approve
      </button>
    </li>
  );
}

function Listed({ world }: { world: World }) {
  const { data } = useContainerList(world.projectId, { refreshInterval: 5_000, limit: 200 });
  return data?.containers.map((row) => (
    <p key={row.id} data-row={row.id}>
      <output data-says="useContainerList">{words(row)}</output>
    </p>
  ));
}

type Fact = 'status' | 'approval' | 'preview';

/** What each says of each container at this moment, and where two of them differ. */
function disagreements(page: HTMLElement): string[] {
  const said = new Map<string, Partial<Record<Fact, Map<string, string>>>>();
  const note = (id: string, fact: Fact, who: string, word: string) => {
    const facts = said.get(id) ?? {};
    said.set(id, { ...facts, [fact]: (facts[fact] ?? new Map()).set(who, word) });
  };
  for (const row of page.querySelectorAll<HTMLElement>('[data-row]')) {
    const id = row.dataset.row as string;
    for (const output of row.querySelectorAll<HTMLElement>('[data-says]'))
      for (const [fact, word] of Object.entries(JSON.parse(output.textContent || '{"status":"nothing"}')))
        note(id, fact as Fact, output.dataset.says as string, typeof word === 'string' ? word : JSON.stringify(word));
    if (row.tagName !== 'LI') continue;
    note(id, 'status', 'StatusBadge', row.querySelector<HTMLElement>('.layers-StatusBadge')?.dataset.state ?? 'nothing');
    const approval = row.querySelector<HTMLElement>('.layers-ApprovalBadge')?.dataset.state;
    if (approval !== undefined) note(id, 'approval', 'ApprovalBadge', approval);
  }
  return [...said].flatMap(([id, facts]) =>
    Object.entries(facts)
      .filter(([, words]) => new Set(words.values()).size > 1)
      .map(([fact, words]) => `${id.slice(0, 8)} ${fact}: ${[...words].map(([who, word]) => `${who} ${word.slice(0, 60)}`).join(', ')}`),
  );
}

/** Draws rows and their list, and keeps what two of them ever said differently, commit for commit. */
async function draw(world: World, ids: readonly string[]) {
  const screen = await render(
    <world.wrapper>
      <ul>
        {ids.map((id) => (
          <Row key={id} id={id} />
        ))}
      </ul>
      <Listed world={world} />
    </world.wrapper>,
  );
  const found = new Set<string>();
  let commits = 0;
  const watch = new MutationObserver(() => {
    commits += 1;
    for (const each of disagreements(screen.container)) found.add(each);
  });
  watch.observe(screen.container, { subtree: true, childList: true, characterData: true, attributes: true });
  const said = (id: string, who: string) =>
    JSON.parse(screen.container.querySelector(`[data-row="${id}"] [data-says="${who}"]`)?.textContent || 'null');
  return { ...screen, found, commits: () => commits, said };
}

const slowAndMixedUp = { kind: 'latency', match: /GET/, latencyMs: [20, 2_500] } as const;

describe.each([2, 10, 50])('%i containers over their whole lives, with a list, answers in any order', (count) => {
  test('no two hooks or badges ever differ about status, approval or preview', async () => {
    const random = randomFrom(count);
    const world = createWorld({ seed: count, faults: [slowAndMixedUp] });
    const ids = Array.from({ length: count }, () =>
      world.simulator.addContainer({ generation: { ...lasting(Math.round(10_000 + random() * 30_000)), queuedMs: 2_000 } }),
    );
    const page = await draw(world, ids);
    await pass(20_000);
    // Others decide, and one is generated again in its place.
    for (const id of ids) if (random() < 0.4) world.simulator.finish(id, random() < 0.7 ? 'completed' : 'failed');
    await pass(8_000);
    for (const id of ids) if (random() < 0.3) world.simulator.decide(id, random() < 0.5 ? 'approved' : 'rejected');
    await world.client.regenerate(ids[0] as string).catch(() => undefined);
    await pass(60_000);
    expect([...page.found].join('\n')).toBe('');
    expect(page.commits()).toBeGreaterThan(4);
    for (const id of ids.slice(1)) expect(page.said(id, 'useContainer').status).toMatch(/completed|failed/);
  });
});

describe('a decision', () => {
  test.each([
    { how: 'that is taken', faults: [{ kind: 'latency', match: /POST/, latencyMs: 3_000 }] as const, end: 'approved' },
    {
      how: 'that fails',
      faults: [
        { kind: 'latency', match: /POST/, latencyMs: 3_000 },
        { kind: 'status', match: /POST/, status: 403 },
      ] as const,
      end: 'pending',
    },
  ])('$how is told by all of them in the same commit, while lists and sweeps go on', async ({ faults, end }) => {
    const world = createWorld();
    const decided = world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const others = [1, 2].map(() => world.simulator.addContainer({ generation: lasting(600_000) }));
    const page = await draw(world, [decided, ...others]);
    await pass(3_000);
    world.simulator.setFaults([...faults, slowAndMixedUp]);
    page.container.querySelector<HTMLElement>(`li[data-row="${decided}"] button`)?.click();
    await pass(500);
    for (const who of ['useContainer', 'useContainerList']) expect(page.said(decided, who).approval).toBe('approved');
    await pass(15_000);
    for (const who of ['useContainer', 'useContainerList']) expect(page.said(decided, who).approval).toBe(end);
    expect([...page.found].join('\n')).toBe('');
  });
});

test('a container generated again in its place begins another life in all of them at once', async () => {
  const world = createWorld();
  const ids = [1, 2, 3].map(() => world.simulator.addContainer({ generation: lasting(4_000) }));
  const page = await draw(world, ids);
  await pass(15_000);
  expect(page.said(ids[0] as string, 'useContainer').status).toBe('completed');
  await world.client.regenerate(ids[0] as string);
  await pass(8_000);
  for (const who of ['useContainer', 'useContainerProgress', 'useContainerList'])
    expect(page.said(ids[0] as string, who).status).toMatch(/queued|processing/);
  expect([...page.found].join('\n')).toBe('');
});
