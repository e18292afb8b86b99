import '../../src/styles/index.css';
import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { ContainerCard, ContainerGrid, containerListPresets } from '../../src/index.js';
import { createContainers } from '../../stories/support/containers.js';
import { lastError, progress } from '../../stories/support/progress.js';
import { createWorld, shortLife } from '../support/world.js';
import { previews } from './support.js';

const generation = { ...shortLife(600_000), queuedMs: 0 };
const RECORD = /\/v1\/content\/[^/]+$/;
const LOOK = [
  'display',
  'position',
  'padding',
  'minHeight',
  'height',
  'fontWeight',
  'color',
  'backgroundColor',
  'borderRadius',
  'overflow',
];

describe('ContainerGrid of a project', () => {
  it('names what has no words in the list from its record, and goes on doing so; whoever reads only the list later has the caption', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    const words = { hook: 'POV:\nit works', caption: 'Yes, really' };
    const id = world.simulator.addContainer({ format: 'ugc-remix', ...words, generation, createdAt: Date.now() - 60_000 });
    world.simulator.addContainer({ state: 'completed', format: 'ugc-remix', hook: 'Not asked for', caption: 'The list knows me' });
    const screen = await render(<ContainerGrid projectId={world.projectId} />, { wrapper: world.wrapper });
    await expect.element(screen.getByRole('row', { name: 'POV: it works, Being made' })).toBeVisible();
    await expect.element(screen.getByRole('row', { name: 'The list knows me, Ready' })).toBeVisible();
    expect([...new Set(world.reads(RECORD))]).toEqual([`/v1/content/${id}`]);
    world.simulator.finish(id);
    await expect.element(screen.getByRole('row', { name: 'POV: it works, Ready' })).toBeVisible();
    const another = createWorld({}, { fetch: world.simulator.fetch });
    const later = await render(<ContainerGrid projectId={world.projectId} />, { wrapper: another.wrapper });
    await expect.poll(() => later.container.querySelector(`[data-id="${id}"] [data-part="title"]`)?.textContent).toBe('Yes, really');
  });

  it('names what was completed without a caption as its page does: each record in view is read once, and no other', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    // One a second, so that the two looked for are the newest, and in view on any screen.
    let createdAt = Date.now() - 60_000;
    const add = (hook: string, caption: string) => {
      createdAt += 1_000;
      return world.simulator.addContainer({ state: 'completed', format: 'ugc-remix', hook, caption, createdAt });
    };
    for (let index = 0; index < 7; index += 1) add('Not asked for', `Caption ${index}`);
    const nameless = Array.from({ length: 12 }, (_, index) => add(`Hook ${index}`, ''));
    add('Not asked for', 'Caption 7');
    // Another test's list of the same name can have been left further down.
    sessionStorage.clear();
    window.scrollTo(0, 0);
    const grid = <ContainerGrid projectId={world.projectId} scrollKey={null} />;
    const screen = await render(grid, { wrapper: world.wrapper });
    await expect.element(screen.getByRole('row', { name: 'Hook 11, Ready' })).toBeVisible();
    await expect.element(screen.getByRole('row', { name: 'Caption 7, Ready' })).toBeVisible();
    const inView = () => nameless.filter((id) => screen.container.querySelector(`[data-id="${id}"]`));
    await expect.poll(() => screen.container.querySelector('[data-part="title"] [data-part="bone"]')).toBeNull();
    expect(screen.container.textContent).not.toMatch(/untitled/i);
    expect(world.reads(RECORD).sort()).toEqual(
      inView()
        .map((id) => `/v1/content/${id}`)
        .sort(),
    );
    await screen.rerender(<p />);
    await screen.rerender(grid);
    await expect.element(screen.getByRole('row', { name: 'Hook 11, Ready' })).toBeVisible();
    expect(screen.container.textContent).not.toMatch(/untitled/i);
    expect(world.reads(RECORD)).toHaveLength(inView().length);
  });

  it('says why something failed, which the list does not tell, by one read', async () => {
    const world = createWorld();
    world.simulator.addContainer({ state: 'failed', generation: { lastError } });
    const screen = await render(<ContainerGrid projectId={world.projectId} filters={{ status: 'failed' }} />, { wrapper: world.wrapper });
    await expect.element(screen.getByText(lastError.message)).toBeVisible();
    expect(world.reads(RECORD)).toHaveLength(1);
  });

  it('approves what was selected in a queue', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    for (const caption of ['One', 'Two', 'Three'])
      world.simulator.addContainer({ state: 'completed', caption, format: 'video-remix', approvalStatus: 'pending' });
    const screen = await render(<ContainerGrid projectId={world.projectId} filters={containerListPresets.needsReview} selectable />, {
      wrapper: world.wrapper,
    });
    await screen.getByRole('checkbox', { name: 'Select One' }).click();
    await screen.getByRole('checkbox', { name: 'Select Three' }).click();
    await screen.getByRole('button', { name: 'Approve 2' }).click();
    await expect.element(screen.getByText('2 approved').first()).toBeVisible();
    await expect.element(screen.getByRole('checkbox')).toHaveAccessibleName('Select Two');
  });
});

it('leaves the look of what stands in it alone', async () => {
  const { processing, failed, ready, withoutMedia } = createContainers(previews);
  const containers = [processing, { ...failed, lastError }, ready, withoutMedia];
  const cards = (key: string) =>
    containers.map((container) => (
      <div key={`${key} ${container.id}`} data-test={key} style={{ inlineSize: 180 }}>
        <ContainerCard container={container} progress={container === processing ? progress.running : null} />
      </div>
    ));
  const screen = await render(
    <>
      {cards('alone')}
      <ContainerGrid containers={containers} renderItem={({ id }) => cards('in the grid').find(({ key }) => key === `in the grid ${id}`)} />
    </>,
  );
  const looks = (key: string) =>
    [...screen.container.querySelectorAll<HTMLElement>(`[data-test="${key}"] [data-part]`)].map((part) => {
      const style = getComputedStyle(part) as unknown as Record<string, string>;
      return [part.dataset.part, ...LOOK.map((name) => style[name])].join(' ');
    });
  expect(looks('alone').length).toBeGreaterThan(40);
  expect(looks('in the grid').sort()).toEqual(looks('alone').sort());
});
