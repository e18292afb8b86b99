import '../../src/styles/index.css';
import { Component, type ReactElement, type ReactNode } from 'react';
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
import { previews } from './support.js';

/** Reading anything of it throws, as a getter of a host's own object may. */
const poison = new Proxy(
  {},
  {
    get: (_, name) => {
      throw new Error(`poison ${String(name)}`);
    },
  },
) as never; // prettier-ignore

class Host extends Component<{ children: ReactNode }, { hasFallen: boolean }> {
  override state = { hasFallen: false };
  static getDerivedStateFromError = () => ({ hasFallen: true });
  override render() {
    return this.state.hasFallen ? <p>The host's page is gone.</p> : this.props.children;
  }
}

let told: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  told = vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  told.mockRestore();
});

const messages = new Proxy(
  {},
  {
    get: () => () => {
      throw new Error('words');
    },
  },
); // prettier-ignore

const broken: Record<string, ReactElement> = {
  ProgressBar: <ProgressBar progress={poison} />,
  PreviewPlayer: <PreviewPlayer preview={poison} />,
  PlatformFitNotice: <PlatformFitNotice platformFit={[poison]} />,
  ApprovalActions: <ApprovalActions container={poison} onApprove={() => {}} onReject={() => {}} />,
  ContainerCard: <ContainerCard container={poison} />,
  ContainerGrid: <ContainerGrid containers={[poison]} />,
  ContainerScreen: <ContainerScreen container={poison} />,
};

describe('a component that throws while it is drawn', () => {
  it.each(Object.entries(broken))('%s says so in its own place, and the page stays', async (name, element) => {
    const screen = await render(
      <Host>
        <h1>Host</h1>
        {element}
      </Host>,
    );
    await expect.element(screen.getByText('Host')).toBeVisible();
    await expect.element(screen.getByText("This can't be shown right now.")).toBeVisible();
    expect(screen.container.querySelector(`.layers-${name}`)?.getAttribute('data-state')).toBe('broken');
    expect(told.mock.calls.length).toBeGreaterThanOrEqual(1);
  });

  it.each([
    ['StatusBadge', <StatusBadge key="s" status="completed" />],
    ['ApprovalBadge', <ApprovalBadge key="a" status="approved" />],
  ])('%s too, where its words throw', async (name, element) => {
    const world = createWorld();
    const screen = await render(
      <LayersProvider client={world.client} messages={messages}>
        {element}
      </LayersProvider>,
    );
    await expect.poll(() => screen.container.querySelector(`.layers-${name}`)?.getAttribute('data-state')).toBe('broken');
  });

  it('comes back with the next data that it is given', async () => {
    const screen = await render(<PreviewPlayer preview={poison} />);
    await expect.element(screen.getByText("This can't be shown right now.")).toBeVisible();
    await screen.rerender(<PreviewPlayer preview={previews.image} />);
    await expect.poll(() => screen.container.querySelector('.layers-PreviewPlayer')?.getAttribute('data-kind')).toBe('image');
  });

  it('comes back with the next data of the cache, and tells the provider once', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const onError = vi.fn();
    const { queryKey } = containerOptions(world.client, id);
    const container = await world.client.getContainer(id);
    world.queryClient.setQueryData(queryKey, { ...container, platformFit: [poison] } as never);
    const screen = await render(
      <LayersProvider client={world.client} queryClient={world.queryClient} onError={onError}>
        <PlatformFitNotice containerId={id} />
        <StatusBadge containerId={id} />
      </LayersProvider>,
    );
    await expect.element(screen.getByText("This can't be shown right now.")).toBeVisible();
    expect(onError).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: expect.stringContaining('poison') }),
      'PlatformFitNotice',
    );
    await expect.element(screen.getByText('Ready')).toBeVisible();
    await world.queryClient.refetchQueries({ queryKey });
    await expect.poll(() => screen.container.querySelector('.layers-PlatformFitNotice[data-state="broken"]')).toBeNull();
  });

  it('throws on what a developer has to mend', async () => {
    await expect(render(<ProgressBar containerId="cnt_1" />)).rejects.toThrow(/outside of <LayersProvider>/);
  });
});
