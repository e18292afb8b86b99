import '../../src/styles/index.css';
import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { ApprovalBadge, ContainerCard, PlatformFitNotice, PreviewPlayer, ProgressBar, StatusBadge } from '../../src/components/index.js';
import { useContainerProgress } from '../../src/index.js';
import { createWorld, shortLife, type World } from '../support/world.js';
import { findViolations } from './support.js';

const generation = { ...shortLife(600_000), queuedMs: 0 };

describe('a component with a containerId', () => {
  it('shows the progress of a container in flight', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation, createdAt: Date.now() - 60_000 });
    const screen = await render(<ProgressBar containerId={id} />, { wrapper: world.wrapper });
    await expect.element(screen.getByText('Generating visuals')).toBeVisible();
    expect(world.reads(/\/v1\/content\/[^/]+$/)).toEqual([]);
  });

  it('reads why a container failed from its record', async () => {
    const world = createWorld();
    const lastError = { code: 'RENDER_FAILED', message: 'The source clip is too short.' };
    const id = world.simulator.addContainer({ state: 'failed', generation: { lastError } });
    const screen = await render(<ProgressBar containerId={id} />, { wrapper: world.wrapper });
    await expect.element(screen.getByText('Could not be made')).toBeVisible();
    await expect.element(screen.getByText(lastError.message)).toBeVisible();
  });

  it('shows why nothing can be read, with the request under Details', async () => {
    const world = createWorld();
    const screen = await render(<ProgressBar containerId="cnt_00000000-0000-4000-8000-000000000000" />, { wrapper: world.wrapper });
    await expect.poll(() => (screen.container.firstElementChild as HTMLElement).dataset.state).toBe('error');
    await screen.getByText('Details').click();
    await expect.element(screen.getByText('NOT_FOUND')).toBeVisible();
  });

  it('reads nothing and needs no provider while the id is not known', async () => {
    const screen = await render(
      <>
        <ProgressBar containerId={null} />
        <PreviewPlayer containerId={undefined} />
        <StatusBadge containerId={null} />
        <ApprovalBadge containerId={undefined} />
        <ContainerCard containerId={null} />
      </>,
    );
    expect(screen.container.children).toHaveLength(3);
  });

  it('shows badges and media of a completed container from one read', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    const id = world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending', generation: { kind: 'video' } });
    const screen = await render(
      <>
        <StatusBadge containerId={id} />
        <ApprovalBadge containerId={id} />
        <PreviewPlayer containerId={id} />
      </>,
      { wrapper: world.wrapper },
    );
    await expect.element(screen.getByText('Ready')).toBeVisible();
    await expect.element(screen.getByText('Waiting for your approval')).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Play video' })).toBeVisible();
    expect(world.reads()).toHaveLength(1);
  });

  it('follows a card from its place to its media', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    const id = world.simulator.addContainer({ hook: 'POV:\nit works', caption: 'Or not', generation, createdAt: Date.now() - 60_000 });
    const screen = await render(<ContainerCard containerId={id} />, { wrapper: world.wrapper });
    await expect.element(screen.getByRole('article', { name: 'Loading' })).toBeVisible();
    await expect.element(screen.getByRole('article', { name: 'POV: it works' })).toBeVisible();
    await expect.element(screen.getByRole('progressbar')).toBeVisible();
    world.simulator.finish(id);
    await expect.element(screen.getByText('To approve')).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Play video: POV: it works' })).toBeVisible();
    expect((screen.container.firstElementChild as HTMLElement).dataset.revealed).toBe('');
  });

  it.each([
    ['cannot be read', 500, 'This could not be loaded.'],
    ['is not there, in the words of the server', 404, 'No such content.'],
  ])('offers to try again where a card %s', async (_, status, words) => {
    let isRefused = true;
    const refused = () =>
      Response.json(
        { error: { code: status === 404 ? 'NOT_FOUND' : 'INTERNAL', message: 'No such content.', requestId: 'req_1' } },
        { status },
      );
    const world: World = createWorld({}, { fetch: async (...request) => (isRefused ? refused() : world.simulator.fetch(...request)) });
    const id = world.simulator.addContainer({ state: 'completed', hook: 'Back again' });
    const screen = await render(<ContainerCard containerId={id} />, { wrapper: world.wrapper });
    await expect.element(screen.getByText(words)).toBeVisible();
    await expect.element(screen.getByRole('article', { name: words })).toBeVisible();
    isRefused = false;
    await screen.getByRole('button', { name: 'Try again' }).click();
    await expect.element(screen.getByRole('article', { name: 'Back again' })).toBeVisible();
  });

  it.for([
    ['a container that is not there', 404, 'NOT_FOUND'],
    ['one that this person may not see', 403, 'FORBIDDEN_SCOPE'],
  ] as const)('says of %s that nobody knows, in a word of its own and without any promise', async ([, status, code]) => {
    const refused = async () => Response.json({ error: { code, message: 'No.', requestId: 'req_1' } }, { status });
    const world = createWorld({}, { fetch: refused });
    const id = 'cnt_00000000-0000-4000-8000-000000000000';
    const screen = await render(
      <>
        <StatusBadge containerId={id} />
        <ApprovalBadge containerId={id} />
        <StatusBadge containerId={id} compact />
        <ApprovalBadge containerId={id} compact />
        <PlatformFitNotice containerId={id} />
      </>,
      { wrapper: world.wrapper },
    );
    await expect.element(screen.getByText('Status unavailable', { exact: true })).toBeVisible();
    const drawn = () => [...screen.container.querySelectorAll<HTMLElement>('[class^="layers-"]')];
    expect(drawn().map(({ innerText }) => innerText.trim())).toEqual([
      'Status unavailable',
      'Approval status unavailable',
      'Unavailable',
      'Unavailable',
      "Couldn't check platform requirements.",
    ]);
    expect(drawn().map(({ dataset }) => dataset.state)).toEqual(Array.from({ length: 5 }, () => 'unavailable'));
    expect(await findViolations(screen.container)).toEqual([]);
  });

  it('says what it cannot know of a container whose progress alone can be read', async () => {
    const refused = async () => Response.json({ error: { code: 'INTERNAL', message: 'No.', requestId: 'req_1' } }, { status: 500 });
    const world: World = createWorld(
      {},
      { fetch: async (url, init) => (/\/content\/[^/]+$/.test(String(url)) ? refused() : world.simulator.fetch(url, init)) },
    );
    const id = world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const Progress = () => <b>{useContainerProgress(id).data?.status ?? 'nothing yet'}</b>;
    const screen = await render(
      <>
        <Progress />
        <ApprovalBadge containerId={id} />
        <PlatformFitNotice containerId={id} />
      </>,
      { wrapper: world.wrapper },
    );
    await expect.element(screen.getByText('completed', { exact: true })).toBeVisible();
    await expect.element(screen.getByText('Approval status unavailable', { exact: true })).toBeVisible();
    await expect.element(screen.getByText("Couldn't check platform requirements.", { exact: true })).toBeVisible();
  });

  it('draws no badge and no notice while nothing is known yet', async () => {
    const never = () => new Promise<Response>(() => undefined);
    const world = createWorld({}, { fetch: never });
    const id = 'cnt_00000000-0000-4000-8000-000000000000';
    const screen = await render(
      <>
        <StatusBadge containerId={id} />
        <ApprovalBadge containerId={id} />
        <PlatformFitNotice containerId={id} />
      </>,
      { wrapper: world.wrapper },
    );
    expect(screen.container.querySelector('[class^="layers-"]')).toBeNull();
  });

  it('keeps what a badge says when a later read fails', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const screen = await render(<ApprovalBadge containerId={id} />, { wrapper: world.wrapper });
    await expect.element(screen.getByText('Waiting for your approval')).toBeVisible();
    world.simulator.setFaults([{ kind: 'status', status: 404 }]);
    await world.queryClient.refetchQueries();
    await expect.element(screen.getByText('Waiting for your approval')).toBeVisible();
  });
});
