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
import { foreign, translate } from '../support/translator.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife } from '../support/world.js';
import { previews } from './support.js';

class Host extends Component<{ children: ReactNode }, { fallen: unknown }> {
  override state = { fallen: null };
  static getDerivedStateFromError = (fallen: unknown) => ({ fallen });
  override render() {
    return this.state.fallen === null ? this.props.children : <p>The host's page is gone: {String(this.state.fallen)}</p>;
  }
}

let stop = () => {};
beforeEach(() => {
  stopTime();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

/** Every part of the page that follows one container. */
const everything = (id: string, projectId: string): ReactElement => (
  <>
    <ProgressBar containerId={id} stages />
    <StatusBadge containerId={id} />
    <ApprovalBadge containerId={id} showNotRequired />
    <PlatformFitNotice containerId={id} />
    <PreviewPlayer containerId={id} />
    <ApprovalActions containerId={id} />
    <ContainerCard containerId={id} onOpen={() => {}} />
    <ContainerScreen containerId={id} />
    <ContainerGrid projectId={projectId} selectable />
  </>
);

const words = (root: Element) => root.textContent ?? '';

describe('on a page that the browser translates', () => {
  it('every component goes through the whole life of a container, and its words keep changing', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    const id = world.simulator.addContainer({ approvalStatus: 'pending', generation: shortLife(40_000) });
    const screen = await render(<Host>{everything(id, world.projectId)}</Host>, { wrapper: world.wrapper });
    stop = translate(screen.container);
    const seen = new Set<string>();
    for (let second = 0; second < 60; second += 2) {
      await pass(2_000);
      expect(words(screen.container)).not.toContain("The host's page is gone");
      seen.add(words(screen.container.querySelector('.layers-ProgressBar') as Element));
    }
    // Queued, two stages, shares and times between them, and ready.
    expect(seen.size).toBeGreaterThanOrEqual(6);
    expect([...seen].at(-1)).toContain(foreign('Ready'));
    expect([...seen].some((each) => each.includes(foreign('Generating visuals')))).toBe(true);
    for (const name of ['StatusBadge', 'ContainerCard', 'ContainerGrid'])
      expect(words(screen.container.querySelector(`.layers-${name}`) as Element)).not.toMatch(/«(Queued|In progress|Waiting)/);
  });

  it('approves, fails and is taken away without harm', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    const id = world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const failing = world.simulator.addContainer({
      generation: { ...shortLife(8_000), lastError: { code: 'RENDER_FAILED', message: 'Too short.' } },
    });
    const screen = await render(
      <Host>
        {everything(id, world.projectId)}
        {everything(failing, world.projectId)}
      </Host>,
      { wrapper: world.wrapper },
    );
    stop = translate(screen.container);
    await pass(3_000);
    const approve = screen.container.querySelector<HTMLElement>('.layers-ApprovalActions [data-part="approve"]');
    approve?.click();
    await pass(1_000);
    await pass(15_000);
    expect(words(screen.container)).not.toContain("The host's page is gone");
    expect(words(screen.container.querySelector('.layers-ApprovalActions') as Element)).toContain(foreign('Approved'));
    await screen.rerender(<Host>{everything(failing, world.projectId)}</Host>);
    await screen.rerender(<Host>{null}</Host>);
    expect(words(screen.container)).not.toContain('gone');
  });

  it('time that is counted down in words stays translated between two renders', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(300_000), createdAt: Date.now() - 5_000 });
    const screen = await render(<ProgressBar containerId={id} />, { wrapper: world.wrapper });
    stop = translate(screen.container);
    await pass(10_000);
    for (let second = 0; second < 30; second += 1) {
      await pass(1_000);
      // No word stands outside of the translator's own elements.
      const share = screen.container.querySelector('[data-part="share"]') as Element;
      expect([...share.childNodes].every(({ nodeName }) => nodeName === 'FONT')).toBe(true);
    }
  });

  it('the words of a slideshow and of a player move too', async () => {
    const screen = await render(
      <Host>
        <PreviewPlayer preview={previews.slideshow} />
        <PreviewPlayer preview={null} />
        <StatusBadge status="queued" />
      </Host>,
    );
    stop = translate(screen.container);
    vi.useRealTimers();
    await screen.rerender(
      <Host>
        <PreviewPlayer preview={previews.slideshow} />
        <PreviewPlayer preview={previews.image} />
        <StatusBadge status="completed" />
      </Host>,
    );
    await expect.poll(() => words(screen.container)).toContain(foreign('Ready'));
    await screen.getByRole('button', { name: 'Next slide' }).click();
    await expect.poll(() => words(screen.container)).toContain(foreign('2 / 5'));
  });
});
