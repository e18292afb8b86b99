import '../../src/styles/index.css';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { ContainerScreen, type ContainerScreenProps, LayersError } from '../../src/index.js';
import { lastError, progress } from '../../stories/support/progress.js';
import { hidePage, showPage } from '../support/page.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife } from '../support/world.js';
import { describeConformance } from './describeConformance.js';
import { containers, findViolations, Page, THEMES } from './support.js';

const screenElement = () => document.querySelector('.layers-ContainerScreen') as HTMLElement;
const decide = { onApprove: () => {}, onReject: () => {} };
const unreachable = new LayersError({ code: 'NETWORK', message: 'No way through.', requestId: 'req_1' });

const states = {
  loading: <ContainerScreen container={null} />,
  unavailable: <ContainerScreen container={null} error={unreachable} onRetry={() => {}} />,
  queued: <ContainerScreen container={containers.queued} progress={progress.queued} />,
  making: <ContainerScreen container={containers.processing} progress={progress.running} />,
  review: <ContainerScreen container={containers.toApprove} {...decide} />,
  ready: <ContainerScreen container={containers.ready} />,
  approved: <ContainerScreen container={containers.approved} {...decide} />,
  rejected: <ContainerScreen container={containers.rejected} {...decide} onMakeAgain={() => {}} />,
  failed: <ContainerScreen container={{ ...containers.failed, lastError }} onMakeAgain={() => {}} />,
  canceled: <ContainerScreen container={containers.canceled} onMakeAgain={() => {}} />,
};

describeConformance('ContainerScreen', <ContainerScreen container={containers.toApprove} {...decide} />);

describe('ContainerScreen', () => {
  it.for(Object.entries(states))('is %s', async ([state, element]) => {
    await render(element);
    expect(screenElement().dataset.state).toBe(state);
  });

  it.for(THEMES.flatMap((theme) => Object.entries(states).map(([state, element]) => [theme, state, element] as const)))(
    'axe finds nothing: %s, %s',
    async ([theme, , element]) => {
      const screen = await render(<Page theme={theme}>{{ ...element, props: { ...element.props, headingLevel: 2 } }}</Page>);
      expect(await findViolations(screen.container)).toEqual([]);
    },
  );

  it('says what went wrong, and offers another only where somebody can make one', async () => {
    const onMakeAgain = vi.fn();
    const failed = { ...containers.failed, lastError };
    const screen = await render(<ContainerScreen container={failed} />);
    await expect.element(screen.getByText(lastError.message)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Make another' }).query()).toBeNull();
    await screen.rerender(<ContainerScreen container={failed} onMakeAgain={onMakeAgain} />);
    await userEvent.click(screen.getByRole('button', { name: 'Make another' }));
    expect(onMakeAgain).toHaveBeenCalledTimes(1);
  });

  it('has every part replaced, or put into something', async () => {
    const own = (part: string) => () => <p>Own {part}</p>;
    const names = ['heading', 'media', 'progress', 'sentence'] as const;
    const screen = await render(
      <ContainerScreen
        container={containers.toApprove}
        {...decide}
        parts={{
          ...Object.fromEntries(names.map((name) => [name, own(name)])),
          actions: ({ state, children }) => <section aria-label={state}>{children}</section>,
        }}
      />,
    );
    for (const name of names) await expect.element(screen.getByText(`Own ${name}`)).toBeVisible();
    await expect.element(screen.getByRole('region', { name: 'review' }).getByRole('button', { name: 'Approve' })).toBeVisible();
    expect(document.querySelector('.layers-PreviewPlayer')).toBeNull();
    expect(screen.getByRole('heading').query()).toBeNull();
  });

  it('moves nothing when the media arrive', async () => {
    const screen = await render(
      <div style={{ inlineSize: 390 }}>
        <ContainerScreen container={containers.processing} progress={progress.running} />
      </div>,
    );
    const frame = () => (document.querySelector('[data-part="frame"]') as HTMLElement).getBoundingClientRect();
    const before = frame();
    await screen.rerender(
      <div style={{ inlineSize: 390 }}>
        <ContainerScreen
          container={{ ...containers.toApprove, id: containers.processing.id, hook: containers.processing.hook }}
          {...decide}
        />
      </div>,
    );
    expect(screenElement().dataset.state).toBe('review');
    expect('revealed' in screenElement().dataset).toBe(true);
    expect(frame()).toEqual(before);
  });

  it('stands beside its words where there is room, and above them where there is not', async () => {
    const at = async (width: number) => {
      const screen = await render(
        <div style={{ inlineSize: width }}>
          <ContainerScreen container={containers.toApprove} {...decide} />
        </div>,
      );
      const [frame, actions] = ['[data-part="frame"]', '[data-part="layout"] > [data-part="actions"]'].map((selector) =>
        (document.querySelector(selector) as HTMLElement).getBoundingClientRect(),
      ) as [DOMRect, DOMRect];
      await screen.unmount();
      return { isBeside: actions.left >= frame.right, isBelow: actions.top >= frame.bottom - 1 };
    };
    expect(await at(800)).toEqual({ isBeside: true, isBelow: false });
    expect((await at(390)).isBeside).toBe(false);
  });
});

describe('ContainerScreen on the simulator', () => {
  beforeEach(() => void stopTime());
  afterEach(() => {
    showPage();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('goes with a container from its first second to the decision', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    const id = world.simulator.addContainer({ generation: shortLife(20_000), approvalStatus: 'pending' });
    const onComplete = vi.fn();
    const onDecided = vi.fn();
    const screen = await render(
      <StrictMode>
        <ContainerScreen containerId={id} onComplete={onComplete} onDecided={onDecided} />
      </StrictMode>,
      { wrapper: world.wrapper },
    );
    const seen: string[] = [];
    const look = () => {
      const { state } = screenElement().dataset;
      if (state && state !== seen.at(-1)) seen.push(state);
    };
    for (let second = 0; second < 30; second += 1) {
      look();
      await pass(1_000);
    }
    look();
    expect(seen.slice(-3)).toEqual(expect.arrayContaining(['making', 'review']));
    expect(seen.at(-1)).toBe('review');
    expect(onComplete).toHaveBeenCalledTimes(1);
    expect(document.querySelector('.layers-ProgressBar')).toBeNull();
    const approve = screen.getByRole('button', { name: 'Approve' }).element() as HTMLButtonElement;
    approve.click();
    approve.click();
    await pass(1_000);
    expect(screenElement().dataset.state).toBe('approved');
    expect(onDecided).toHaveBeenCalledTimes(1);
    expect(world.simulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    const reads = world.reads().length;
    await pass(60_000);
    expect(world.reads()).toHaveLength(reads);
  });

  it('tells a failure with what the container says of it', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: { ...shortLife(10_000), outcome: 'failed', lastError } });
    const onFail = vi.fn();
    await render(<ContainerScreen containerId={id} onFail={onFail} />, { wrapper: world.wrapper });
    await pass(20_000);
    expect(screenElement().dataset.state).toBe('failed');
    expect(onFail).toHaveBeenCalledTimes(1);
    expect(document.querySelector('[data-part="progress"]')?.textContent).toContain(lastError.message);
  });

  it('makes what failed again in place, and says where that did not start', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    const id = world.simulator.addContainer({ state: 'failed' });
    const screen = await render(<ContainerScreen containerId={id} />, { wrapper: world.wrapper });
    await pass(500);
    expect(screenElement().dataset.state).toBe('failed');
    const again = () => screenElement().querySelector('[data-part="again"]') as HTMLButtonElement;
    world.simulator.setFaults([{ kind: 'status', status: 403, match: /POST/, times: 1 }]);
    again().click();
    await pass(500);
    expect(screenElement().querySelector('[role="alert"]')?.textContent).toMatch(/may not start/);
    again().click();
    again().click();
    await pass(1_500);
    expect(['queued', 'making']).toContain(screenElement().dataset.state);
    expect(screenElement().querySelector('[data-part="again"]')).toBeNull();
    expect(world.simulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
    expect(screen.container.querySelector('[role="alert"]')).toBeNull();
  });

  it('leaves what is made again to its host, and hands it what each of its buttons does', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    const [failed, pending] = [world.simulator.addContainer({ state: 'failed' }), world.simulator.addContainer({ state: 'completed' })];
    const onMakeAgain = vi.fn();
    const parts = {
      decision: () => <b>Ours to decide</b>,
      again: ({ onClick }: { onClick?: (() => void) | undefined }) => onClick && <button onClick={onClick}>Once more</button>,
    };
    const screen = await render(<ContainerScreen containerId={failed} onMakeAgain={onMakeAgain} parts={parts} />, {
      wrapper: world.wrapper,
    });
    await pass(500);
    (screen.getByRole('button', { name: 'Once more' }).element() as HTMLElement).click();
    expect(onMakeAgain).toHaveBeenCalledOnce();
    await screen.rerender(<ContainerScreen containerId={pending} parts={parts} />);
    await pass(500);
    expect(screenElement().querySelector('[data-part="actions"]')?.textContent).toBe('Ours to decide');
  });

  it('lets a host draw one button of the decision, and keeps the others', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    const id = world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const parts: ContainerScreenProps['parts'] = {
      approve: ({ container, onClick }) => <button onClick={onClick}>{`Publish ${container?.id === id ? 'this' : 'another'}`}</button>,
      note: () => null,
    };
    const screen = await render(<ContainerScreen containerId={id} parts={parts} />, { wrapper: world.wrapper });
    await pass(500);
    const buttons = () => [...screenElement().querySelectorAll('[data-part="decision"] button, [data-part="actions"] button')];
    expect(buttons().map(({ textContent }) => textContent)).toEqual(['Publish this', 'Reject']);
    (screen.getByRole('button', { name: 'Publish this' }).element() as HTMLElement).click();
    await pass(500);
    expect(screenElement().dataset.state).toBe('approved');
  });

  it('offers no regeneration to who may only look', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    const id = world.simulator.addContainer({ state: 'failed' });
    const screen = await render(<ContainerScreen containerId={id} canDecide={false} />, { wrapper: world.wrapper });
    await pass(500);
    expect(screenElement().dataset.state).toBe('failed');
    expect(screenElement().querySelector('[data-part="again"]')).toBeNull();
    await screen.rerender(<ContainerScreen containerId={id} />);
    await expect.element(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  });

  it('gives media in place of its own what reads an address anew', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    const id = world.simulator.addContainer({ state: 'completed' });
    const seen: { onRefresh?: (() => unknown) | undefined } = {};
    await render(
      <ContainerScreen
        containerId={id}
        parts={{
          media: ({ onRefresh }) => {
            seen.onRefresh = onRefresh;
            return null;
          },
        }}
      />,
      { wrapper: world.wrapper },
    );
    await pass(500);
    const before = world.reads().length;
    const preview = seen.onRefresh?.();
    await pass(500);
    expect(await preview).toMatchObject({ kind: expect.any(String) });
    expect(world.reads()).toHaveLength(before + 1);
  });

  it('reads what had ended before once, and not its progress', async () => {
    // Media that cannot be loaded would be renewed by another read.
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    const id = world.simulator.addContainer({ state: 'completed' });
    await render(<ContainerScreen containerId={id} />, { wrapper: world.wrapper });
    await pass(30_000);
    expect(world.reads()).toEqual([`/v1/content/${id}`]);
  });

  it('offers a way on where the container cannot be read', async () => {
    const world = createWorld({ faults: [{ kind: 'status', status: 404, match: /GET/, times: 1 }] });
    const id = world.simulator.addContainer({ state: 'completed' });
    const screen = await render(<ContainerScreen containerId={id} />, { wrapper: world.wrapper });
    await pass(500);
    expect(screenElement().dataset.state).toBe('unavailable');
    (screen.getByRole('button', { name: 'Try again' }).element() as HTMLElement).click();
    await pass(500);
    expect(screenElement().dataset.state).toBe('review');
  });

  it('offers to tell of the end, and does', async () => {
    const shown: [title: string, body: string | undefined][] = [];
    class FakeNotification {
      static permission = 'default';
      static requestPermission = async () => {
        FakeNotification.permission = 'granted';
        return 'granted';
      };
      constructor(title: string, { body }: NotificationOptions) {
        shown.push([title, body]);
      }
      close() {}
    }
    vi.stubGlobal('Notification', FakeNotification);
    const world = createWorld();
    const id = world.simulator.addContainer({ hook: 'Small steps', generation: shortLife(60_000) });
    const screen = await render(<ContainerScreen containerId={id} />, { wrapper: world.wrapper });
    await pass(3_000);
    (screen.getByRole('button', { name: 'Tell me when it is ready' }).element() as HTMLElement).click();
    await pass(100);
    expect(screen.getByText('We will tell you when it is ready.').query()).not.toBeNull();
    hidePage();
    await pass(40_000);
    expect(shown).toEqual([]);
    // While the page is hidden, the container is read once a minute.
    await pass(90_000);
    expect(shown).toEqual([['Small steps', 'Ready']]);
  });
});
