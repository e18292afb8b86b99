import '../../src/styles/index.css';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { ApprovalActions, ContainerScreen, LayersProvider } from '../../src/index.js';
import { keepInPlace } from '../../src/internal/keepInPlace.js';
import { nextTask } from '../support/nextTask.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld } from '../support/world.js';
import { containers } from './support.js';

const sentence = "This can't be shown right now.";
const region = () => document.querySelector('[data-layers-live]');

/** What a browser's extension takes out of the page. */
const takeAway = (...elements: (Element | null | undefined)[]) => elements.forEach((element) => element?.remove());

describe('where an extension takes elements out of the page', () => {
  it('the live region comes back where it was, and the host can go on to its next page', async () => {
    const world = createWorld();
    const page = (isOpen: boolean, more = false) => (
      <div>
        <nav>Menu</nav>
        {isOpen ? (
          <LayersProvider client={world.client}>
            <p>Videos</p>
            {more && <p>More videos</p>}
          </LayersProvider>
        ) : (
          <p>Next page</p>
        )}
        <footer>Imprint</footer>
      </div>
    );
    const screen = await render(page(true));
    takeAway(region());
    await nextTask();
    await screen.rerender(page(true, true));
    expect(screen.container.innerText.split(/\s*\n\s*/)).toEqual(['Menu', 'Videos', 'More videos', 'Imprint']);
    expect(region()?.nextElementSibling?.tagName).toBe('FOOTER');
    takeAway(region());
    await screen.rerender(page(false));
    expect(screen.container.innerText.split(/\s*\n\s*/)).toEqual(['Menu', 'Next page', 'Imprint']);
  });

  it('the dialog of a rejection is closed by that, and opens again', async () => {
    const screen = await render(<ApprovalActions container={containers.toApprove} onApprove={() => {}} onReject={() => {}} />);
    const reject = screen.getByRole('button', { name: 'Reject' });
    await reject.click();
    await expect.element(screen.getByRole('dialog')).toBeVisible();
    takeAway(document.querySelector('dialog'));
    await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
    await reject.click();
    await expect.element(screen.getByRole('dialog')).toBeVisible();
    expect(document.querySelectorAll('dialog:modal')).toHaveLength(1);
  });

  it('an element that is taken away again and again is left alone after a while', async () => {
    const parent = document.createElement('div');
    const element = parent.appendChild(document.createElement('i'));
    const onReturn = vi.fn();
    const stop = keepInPlace(element, onReturn);
    for (let times = 0; times < 5; times += 1) {
      takeAway(element);
      await nextTask();
    }
    expect(onReturn).toHaveBeenCalledTimes(3);
    expect(element.parentNode).toBeNull();
    stop();
    expect(element.parentNode).toBe(parent);
  });
});

describe('a component that could not be drawn', () => {
  let told: ReturnType<typeof vi.spyOn>;
  beforeEach(() => {
    stopTime();
    told = vi.spyOn(console, 'error').mockImplementation(() => {});
  });
  afterEach(() => {
    told.mockRestore();
    vi.useRealTimers();
  });

  it('is drawn anew a moment later, with what was decided', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const screen = await render(<ApprovalActions containerId={id} />, { wrapper: world.wrapper });
    await pass(100);
    const state = () => screen.container.querySelector<HTMLElement>('.layers-ApprovalActions')?.dataset['state'];
    screen.container.querySelector<HTMLElement>('[data-part="approve"]')?.click();
    takeAway(screen.container.querySelector('[data-part="actions"]'));
    await pass(500);
    expect(state()).toBe('broken');
    await pass(1_500);
    expect(state()).toBe('approved');
  });

  it('is tried three times without news, and then whenever somebody asks for it', async () => {
    const times = new Set<number>();
    let isGood = false;
    const Fails = () => {
      times.add(Date.now());
      if (isGood) return null;
      throw new Error('not yet');
    };
    const screen = await render(<ContainerScreen container={containers.ready} parts={{ heading: () => <Fails /> }} />);
    await pass(600_000);
    expect(times.size).toBe(4);
    isGood = true;
    screen.container.querySelector<HTMLElement>('[data-part="retry"]')?.click();
    await pass(100);
    expect(screen.container.textContent).not.toContain(sentence);
  });
});
