import '../../src/styles/index.css';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { ContainerScreen, type ContainerScreenProps } from '../../src/index.js';
import { lastError, progress } from '../../stories/support/progress.js';
import { frames } from '../support/frames.js';
import { showPage } from '../support/page.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife } from '../support/world.js';
import { until } from '../support/until.js';
import { containers } from './support.js';

const root = () => document.querySelector('.layers-ContainerScreen') as HTMLElement;
const within = (selector: string) => root().querySelector(selector) as HTMLElement;
const decide = { onApprove: () => {}, onReject: () => {} };
const LONG = 'Überlange Überschrift ohneeineneinzigenumbruchdiesichübermehrerezeilenzieht und noch ein paar Wörter dazu, damit es reicht';

afterEach(async () => {
  await cleanup();
  await page.viewport(800, 600);
});

const states: Record<string, ContainerScreenProps> = {
  loading: { container: null },
  queued: { container: containers.queued, progress: progress.queued },
  making: { container: containers.processing, progress: progress.running },
  review: { container: containers.toApprove, ...decide },
  approved: { container: containers.approved, ...decide },
  rejected: { container: containers.rejected, ...decide, onMakeAgain: () => {} },
  failed: { container: { ...containers.failed, lastError }, onMakeAgain: () => {} },
};

describe('ContainerScreen on a phone', () => {
  it.for(['ltr', 'rtl'].flatMap((dir) => Object.keys(states).map((name) => [dir, name] as const)))(
    'is no wider than the screen, whatever it says: %s, %s',
    async ([dir, name]) => {
      await page.viewport(390, 667);
      const props = states[name] as ContainerScreenProps;
      await render(
        <div dir={dir}>
          <ContainerScreen {...props} heading={LONG} />
        </div>,
      );
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(document.documentElement.clientWidth);
      const boxes = [...root().querySelectorAll('button, p, h1, [data-part="frame"]')].map((element) => element.getBoundingClientRect());
      const drawn = boxes.filter(({ width }) => width > 1);
      expect(drawn.length).toBeGreaterThan(0);
      for (const { left, right } of drawn) {
        expect(left).toBeGreaterThanOrEqual(0);
        expect(right).toBeLessThanOrEqual(390);
      }
    },
  );

  it('keeps the buttons on the screen, and covers nothing that cannot be scrolled to', async () => {
    await page.viewport(390, 667);
    await render(<ContainerScreen container={containers.toApprove} {...decide} heading={LONG} />);
    const actions = within('[data-part="layout"] > [data-part="actions"]');
    expect(actions.getBoundingClientRect().bottom).toBeLessThanOrEqual(innerHeight + 1);
    window.scrollTo(0, document.documentElement.scrollHeight);
    await frames();
    const sentence = within('[data-part="sentence"]').getBoundingClientRect();
    expect(sentence.bottom).toBeLessThanOrEqual(actions.getBoundingClientRect().top + 1);
    window.scrollTo(0, 0);
  });
});

describe('ContainerScreen: nothing moves', () => {
  it.for([
    [390, 844],
    [1280, 800],
  ] as const)('at the reveal, at %d × %d', async ([width, height]) => {
    await page.viewport(width, height);
    const own = { id: containers.processing.id, hook: containers.processing.hook };
    const screen = await render(
      <main style={{ padding: 16 }}>
        <ContainerScreen container={containers.processing} progress={progress.running} />
      </main>,
    );
    await frames(10);
    let shift = 0;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shift += (entry as PerformanceEntry & { value: number }).value;
    });
    observer.observe({ type: 'layout-shift' });
    await screen.rerender(
      <main style={{ padding: 16 }}>
        <ContainerScreen container={{ ...containers.toApprove, ...own }} {...decide} />
      </main>,
    );
    await until(() => expect(root().dataset.state).toBe('review'));
    await frames(20);
    const atReveal = shift;
    // What does move is seen.
    root().style.marginBlockStart = '200px';
    await until(() => expect(shift).toBeGreaterThan(atReveal + 0.02));
    observer.disconnect();
    expect(atReveal).toBeLessThan(0.02);
  });
});

describe('ContainerScreen on the simulator', () => {
  beforeEach(() => void stopTime());
  afterEach(() => {
    showPage();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('shows another container when it is given one, and nothing of the last', async () => {
    const world = createWorld();
    const first = world.simulator.addContainer({ hook: 'First', generation: shortLife(600_000) });
    const second = world.simulator.addContainer({ hook: 'Second', state: 'completed', approvalStatus: 'pending' });
    const onComplete = vi.fn();
    const screen = await render(<ContainerScreen containerId={first} onComplete={onComplete} />, { wrapper: world.wrapper });
    await pass(3_000);
    expect(within('h1').textContent).toBe('First');
    await screen.rerender(<ContainerScreen containerId={second} onComplete={onComplete} />);
    expect(root().textContent).not.toContain('First');
    await pass(2_000);
    expect(within('h1').textContent).toBe('Second');
    expect(root().dataset.state).toBe('review');
    expect('revealed' in root().dataset).toBe(false);
    expect(onComplete).not.toHaveBeenCalled();
    const before = world.reads(new RegExp(first)).length;
    await pass(30_000);
    expect(world.reads(new RegExp(first))).toHaveLength(before);
    await screen.rerender(<ContainerScreen containerId={null} />);
    expect(root().dataset.state).toBe('loading');
  });

  it('reads nothing any more once it is gone', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(600_000) });
    document.title = 'My page';
    const screen = await render(
      <StrictMode>
        <ContainerScreen containerId={id} titleProgress />
      </StrictMode>,
      { wrapper: world.wrapper },
    );
    await pass(60_000);
    expect(document.title).toMatch(/^\d+% · /);
    await screen.unmount();
    const before = world.reads().length;
    await pass(120_000);
    expect(world.reads()).toHaveLength(before);
    expect(document.title).toBe('My page');
  });

  it('begins a new life in place when it is made anew', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(8_000), approvalStatus: 'pending' });
    const onComplete = vi.fn();
    await render(<ContainerScreen containerId={id} onComplete={onComplete} />, { wrapper: world.wrapper });
    await pass(15_000);
    expect(root().dataset.state).toBe('review');
    await world.client.regenerate(id);
    await pass(2_000);
    expect(['queued', 'making']).toContain(root().dataset.state);
    expect(within('[role="progressbar"]').getAttribute('aria-valuenow')).not.toBe('100');
    await pass(400_000);
    expect(root().dataset.state).toBe('review');
    expect(onComplete).toHaveBeenCalledTimes(2);
  });

  it('keeps the focus with whoever asks to be told', async () => {
    class FakeNotification {
      static permission = 'default';
      static requestPermission = async () => {
        FakeNotification.permission = 'granted';
        return 'granted';
      };
    }
    vi.stubGlobal('Notification', FakeNotification);
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(60_000) });
    const screen = await render(<ContainerScreen containerId={id} />, { wrapper: world.wrapper });
    await pass(3_000);
    const notify = screen.getByRole('button', { name: 'Tell me when it is ready' }).element() as HTMLElement;
    notify.focus();
    notify.click();
    await pass(100);
    expect(notify.isConnected).toBe(false);
    expect(root().contains(document.activeElement)).toBe(true);
  });

  it('keeps the focus with whoever tries again', async () => {
    const world = createWorld({ faults: [{ kind: 'status', status: 404, match: /GET/, times: 1 }] });
    const id = world.simulator.addContainer({ state: 'completed' });
    const screen = await render(<ContainerScreen containerId={id} />, { wrapper: world.wrapper });
    await pass(500);
    const retry = screen.getByRole('button', { name: 'Try again' }).element() as HTMLElement;
    retry.focus();
    retry.click();
    await pass(500);
    expect(root().dataset.state).toBe('review');
    expect(root().contains(document.activeElement)).toBe(true);
  });
});

it('is walked by the Tab key from the media to the decision', async () => {
  await render(<ContainerScreen container={containers.toApprove} {...decide} />);
  const names: string[] = [];
  for (let press = 0; press < 8; press += 1) {
    await userEvent.keyboard('{Tab}');
    if (!root().contains(document.activeElement)) break;
    names.push((document.activeElement as HTMLElement).dataset.part ?? '');
  }
  expect(names.filter((name) => ['play', 'approve', 'reject', 'note'].includes(name))).toEqual(['play', 'approve', 'reject', 'note']);
});
