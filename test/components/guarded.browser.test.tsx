import '../../src/styles/index.css';
import * as React from 'react';
import { Component, type ReactElement, type ReactNode, version } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import {
  ApprovalActions,
  ApprovalBadge,
  ContainerCard,
  ContainerGrid,
  ContainerScreen,
  PlatformFitNotice,
  PreviewPlayer,
  ProgressBar,
  StatusBadge,
} from '../../src/components/index.js';
import { containerOptions, LayersProvider } from '../../src/index.js';
import { createWorld } from '../support/world.js';
import { containers, previews } from './support.js';

/** Not in React 18. */
const Activity = (React as Partial<typeof React>).Activity;

/** As data of another version may be: what is needed is missing. */
const hollow = {} as never;

class Host extends Component<{ children: ReactNode }, { fallen: unknown }> {
  override state = { fallen: null };
  static getDerivedStateFromError = (fallen: unknown) => ({ fallen });
  override render() {
    return this.state.fallen === null ? this.props.children : <p>The host's page is gone: {String(this.state.fallen)}</p>;
  }
}

let told: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  told = vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  told.mockRestore();
});

const fails = (): never => {
  throw new Error('words');
};

const broken: Record<string, ReactElement> = {
  ProgressBar: <ProgressBar progress={{ startedAt: 0, stages: null } as never} stages={[hollow]} />,
  PreviewPlayer: <PreviewPlayer preview={{ kind: 'slideshow', slides: null } as never} />,
  PlatformFitNotice: <PlatformFitNotice platformFit={[null as never]} />,
  ApprovalActions: (
    <ApprovalActions
      container={{ status: 'completed', approvalStatus: 'pending', hook: 7 } as never}
      onApprove={() => {}}
      onReject={() => {}}
    />
  ),
  ContainerCard: <ContainerCard container={'x' as never} />,
  ContainerGrid: <ContainerGrid containers={[null as never]} />,
  ContainerScreen: <ContainerScreen container={'x' as never} />,
};

/** Of the right shape as far as it is looked at, and nothing that can be drawn. */
const unfit = [{ platform: 'tiktok', ok: false, issues: [{}] }];
const sentence = "This can't be shown right now.";
const stateOf = (screen: { container: Element }, name: string) =>
  screen.container.querySelector(`.layers-${name}`)?.getAttribute('data-state');

describe('a component that throws while it is drawn', () => {
  it.each(Object.entries(broken))('%s says so in its own place, and the page stays', async (name, element) => {
    const screen = await render(
      <Host>
        <h1>Host</h1>
        {element}
      </Host>,
    );
    await expect.element(screen.getByText('Host')).toBeVisible();
    await expect.element(screen.getByText(sentence)).toBeVisible();
    expect(stateOf(screen, name)).toBe('broken');
    // React tells the console: the development edition of React 18 three times of one error.
    expect(told).toHaveBeenCalledTimes(version.startsWith('18') ? 3 : 1);
  });

  it.each([
    ['StatusBadge', <StatusBadge key="s" status="completed" />],
    ['ApprovalBadge', <ApprovalBadge key="a" status="approved" />],
  ])('%s too, where its words throw', async (name, element) => {
    const world = createWorld();
    const screen = await render(
      <LayersProvider client={world.client} messages={{ status: fails, approval: fails }}>
        {element}
      </LayersProvider>,
    );
    expect(stateOf(screen, name)).toBe('broken');
    await expect.element(screen.getByText('Unavailable')).toBeVisible();
  });

  it('says so where the error is one of another window: of a frame or a popup it is drawn into', async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const view = frame.contentWindow as Window & typeof globalThis;
    const thrown = [new view.TypeError('elsewhere'), new view.DOMException('elsewhere', 'NotFoundError')];
    const ThrowsAt = ({ index }: { index: number }): never => {
      throw thrown[index];
    };
    const screen = await render(
      <Host>
        <ContainerScreen container={containers.ready} parts={{ heading: () => <ThrowsAt index={0} /> }} />
        <ContainerScreen container={containers.ready} parts={{ heading: () => <ThrowsAt index={1} /> }} />
      </Host>,
    );
    frame.remove();
    await expect.poll(() => screen.container.querySelectorAll('[data-state="broken"]').length).toBe(2);
  });

  it('a row that throws leaves the others of a grid', async () => {
    const screen = await render(<ContainerGrid containers={[{ id: 7 } as never, containers.ready]} />);
    await expect.element(screen.getByText(sentence)).toBeVisible();
    expect(screen.container.querySelector('.layers-ContainerCard[data-state="completed"]')).not.toBeNull();
  });

  it('comes back with the next data that it is given', async () => {
    const screen = await render(broken.PreviewPlayer as ReactElement);
    await expect.element(screen.getByText(sentence)).toBeVisible();
    await screen.rerender(<PreviewPlayer preview={previews.image} />);
    expect(screen.container.querySelector('.layers-PreviewPlayer')?.getAttribute('data-kind')).toBe('image');
  });

  it('comes back with the next data of the cache, and tells the provider once, however often the host draws it', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const onError = vi.fn();
    const { queryKey } = containerOptions(world.client, id);
    await world.queryClient.prefetchQuery(containerOptions(world.client, id));
    world.queryClient.setQueryData(queryKey, (known: object | undefined) => ({ ...known, platformFit: unfit }) as never);
    const page = (filters: object) => (
      <LayersProvider client={world.client} queryClient={world.queryClient} onError={onError}>
        <PlatformFitNotice containerId={id} {...filters} />
        <StatusBadge containerId={id} />
      </LayersProvider>
    );
    const screen = await render(page({}));
    await expect.element(screen.getByText(sentence)).toBeVisible();
    await screen.rerender(page({ 'data-new': [] }));
    await screen.rerender(page({ 'data-new': [] }));
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.any(Error), 'PlatformFitNotice');
    await expect.element(screen.getByText('Ready')).toBeVisible();
    await world.queryClient.refetchQueries({ queryKey });
    await expect.poll(() => screen.container.querySelector('.layers-PlatformFitNotice[data-state="broken"]')).toBeNull();
    world.queryClient.setQueryData(queryKey, (known: object | undefined) => ({ ...known, platformFit: unfit }) as never);
    await expect.element(screen.getByText(sentence)).toBeVisible();
    expect(onError).toHaveBeenCalledTimes(2);
  });

  it('comes back after the host has hidden it', async () => {
    if (!Activity) return;
    const world = createWorld();
    const id = world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const { queryKey } = containerOptions(world.client, id);
    await world.queryClient.prefetchQuery(containerOptions(world.client, id));
    const good = world.queryClient.getQueryData(queryKey);
    world.queryClient.setQueryData(queryKey, (known: object | undefined) => ({ ...known, platformFit: unfit }) as never);
    const page = (mode: 'hidden' | 'visible') => (
      <Activity mode={mode}>
        <PlatformFitNotice containerId={id} />
      </Activity>
    );
    const screen = await render(page('visible'), { wrapper: world.wrapper });
    await expect.element(screen.getByText(sentence)).toBeVisible();
    await screen.rerender(page('hidden'));
    world.queryClient.setQueryData(queryKey, good);
    await screen.rerender(page('visible'));
    await expect.poll(() => screen.container.querySelector('[data-state="broken"]')).toBeNull();
  });

  it('throws on what a developer has to mend', async () => {
    const screen = await render(
      <Host>
        <ProgressBar containerId="cnt_1" />
      </Host>,
    );
    await expect.element(screen.getByText('gone: LayersError')).toBeVisible();
    await expect.element(screen.getByText(/outside of <LayersProvider>/)).toBeVisible();
  });

  it("leaves to the host's framework what that throws to go elsewhere", async () => {
    const Redirects = (): never => {
      throw Object.assign(new Error('NEXT_REDIRECT'), { digest: 'NEXT_REDIRECT;replace;/login;307;' });
    };
    const screen = await render(
      <Host>
        <ContainerScreen container={containers.ready} parts={{ heading: () => <Redirects /> }} />
      </Host>,
    );
    await expect.element(screen.getByText(/NEXT_REDIRECT/)).toBeVisible();
  });
});
