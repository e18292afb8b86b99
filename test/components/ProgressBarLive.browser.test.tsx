import '../../src/styles/index.css';
import { Profiler, StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { midway, plan, progress, progressOf } from '../../stories/support/progress.js';
import { type ContainerProgress, layersKeys, ProgressBar } from '../../src/index.js';
import { monotonicNow } from '../../src/internal/monotonicNow.js';
import { hidePage, showPage } from '../support/page.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife, type World } from '../support/world.js';
import { findViolations, Page, THEMES } from './support.js';

interface Devtools {
  send(method: 'Emulation.setEmulatedMedia', options: { features: { name: string; value: string }[] }): Promise<unknown>;
}
const emulate = (features: { name: string; value: string }[]) =>
  (cdp() as unknown as Devtools).send('Emulation.setEmulatedMedia', { features });

const part = (container: Element, name: string) => {
  const found = container.querySelector<HTMLElement>(`[data-part="${name}"]`);
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
};
const shareOf = (container: Element, name = 'fill') => new DOMMatrix(getComputedStyle(part(container, name)).transform).a;

/** An answer without the media that it had. */
async function withoutMedia(answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  const text = await response.text();
  const body = JSON.parse(text) as object;
  return new Response('preview' in body ? JSON.stringify({ ...body, preview: null, assets: [] }) : text, response);
}

describe('the time between two readings', () => {
  beforeEach(() => {
    stopTime();
  });
  afterEach(async () => {
    await cleanup();
    showPage();
    vi.useRealTimers();
  });

  const reading = (remainingSeconds: number) =>
    progressOf({ percent: 42, remainingSeconds, observedAt: monotonicNow(), startedAt: monotonicNow() });

  it('counts down in words, for the eye and for a voice, without a render', async () => {
    const renders = vi.fn<() => void>();
    const screen = await render(
      <Profiler id="bar" onRender={renders}>
        <ProgressBar progress={reading(64)} />
      </Profiler>,
    );
    const before = renders.mock.calls.length;
    expect(part(screen.container, 'share').textContent).toBe('42% · about 2 min');
    await pass(5_000);
    expect(part(screen.container, 'share').textContent).toBe('42% · about 1 min');
    expect(screen.getByRole('progressbar').element().ariaValueText).toBe('Generating visuals, 42%, about 1 minute');
    expect(renders.mock.calls.length).toBe(before);
  });

  it('writes only where the words are others', async () => {
    const screen = await render(<ProgressBar progress={reading(115)} />);
    // The light on the fill is put in step once, when its animation starts: on a busy machine that is frames later.
    await expect.poll(() => part(screen.container, 'fill').style.getPropertyValue('--_phase')).not.toBe('');
    const changes: MutationRecord[] = [];
    const observer = new MutationObserver((records) => changes.push(...records));
    observer.observe(screen.container, { subtree: true, childList: true, characterData: true, attributes: true });
    await pass(10_000);
    observer.disconnect();
    expect(changes).toEqual([]);
  });

  it('has one timer for all bars of a page, none while it is hidden, and none once nothing runs', async () => {
    const screen = await render([1, 2, 3, 4, 5].map((key) => <ProgressBar key={key} progress={reading(64)} />));
    expect(vi.getTimerCount()).toBe(1);
    hidePage();
    expect(vi.getTimerCount()).toBe(0);
    await pass(6_000);
    showPage();
    expect(part(screen.container, 'share').textContent).toBe('42% · about 1 min');
    expect(vi.getTimerCount()).toBe(1);
    await screen.rerender(<ProgressBar progress={progress.completed} />);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('turns amber when the time left has run out', async () => {
    const screen = await render(<ProgressBar progress={reading(3)} />);
    await pass(8_000);
    expect(part(screen.container, 'fill').hasAttribute('data-overdue')).toBe(false);
    await pass(6_000);
    expect(part(screen.container, 'share').textContent).toBe('42% · taking longer than usual');
    expect(part(screen.container, 'fill').hasAttribute('data-overdue')).toBe(true);
  });

  it('tells how long it has waited to start', async () => {
    const screen = await render(<ProgressBar progress={{ ...progress.queued, observedAt: monotonicNow(), startedAt: monotonicNow() }} />);
    await pass(61_000);
    expect(part(screen.container, 'words').innerText.replace(/\s+/g, ' ')).toBe('Waiting to start 1 min');
    expect(screen.getByRole('progressbar').element().ariaValueText).toBe('Waiting to start, 1 minute');
  });
});

describe('the fill between readings', () => {
  it('never goes back over readings that jump about, and moves between them', async () => {
    const shares: number[] = [];
    const screen = await render(<ProgressBar progress={progressOf({ percent: 30, percentPerSecond: 4 })} />);
    for (const percent of [31, 30.2, 33, 32.5, 36]) {
      await screen.rerender(
        <ProgressBar progress={progressOf({ percent, percentPerSecond: percent < 32 ? 0 : 4, stageProgress: percent / 100 })} />,
      );
      for (let frame = 0; frame < 12; frame += 1) {
        shares.push(shareOf(screen.container));
        await new Promise(requestAnimationFrame);
      }
    }
    const back = shares.filter((share, index) => index > 0 && share < (shares[index - 1] ?? 0) - 1e-6);
    expect(back).toEqual([]);
    expect(new Set(shares.map((share) => share.toFixed(6))).size).toBeGreaterThan(20);
  });

  it('stands still when no reading comes: its movement has an end, below 100%', async () => {
    const screen = await render(<ProgressBar progress={progressOf({ percent: 40, percentPerSecond: 2 })} />);
    await screen.rerender(<ProgressBar progress={progressOf({ percent: 41, percentPerSecond: 2 })} />);
    const moving = part(screen.container, 'fill').getAnimations();
    expect(moving).toHaveLength(1);
    expect(moving[0]?.effect?.getComputedTiming().duration).toBe(10_000);
    for (const animation of moving) animation.finish();
    expect(shareOf(screen.container)).toBeCloseTo(0.6, 2);
    expect(part(screen.container, 'fill').getAnimations()).toEqual([]);
  });
});

describe('a bar of 300 px', () => {
  const draw = (value: ContainerProgress) => (
    <div style={{ inlineSize: 300 }}>
      <ProgressBar progress={value} />
    </div>
  );
  /** How far the fill reaches, so many milliseconds into its movement. */
  const pixelsAt = (container: Element, at: number) => {
    for (const animation of part(container, 'fill').getAnimations()) {
      animation.pause();
      animation.currentTime = at;
    }
    return part(container, 'fill').getBoundingClientRect().right - part(container, 'track').getBoundingClientRect().left;
  };

  it.each([
    ['from its first reading on', [{ percent: 30, percentPerSecond: 0.2 }]],
    [
      'near the end',
      [
        { percent: 97.2, percentPerSecond: 0.03 },
        { percent: 97.3, percentPerSecond: 0.03 },
      ],
    ],
    [
      'where it is ahead of its reading',
      [
        { percent: 60, percentPerSecond: 0.03 },
        { percent: 40, percentPerSecond: 0.03 },
      ],
    ],
  ])('moves by 0.3 px every 4 s %s', async (_, readings) => {
    const screen = await render(null);
    for (const values of readings) await screen.rerender(draw(progressOf(values)));
    const places = [0, 4_000, 8_000].map((at) => pixelsAt(screen.container, at));
    expect(places[0]).toBeGreaterThanOrEqual(3 * (readings[0]?.percent ?? 0) - 0.01);
    const moves = places.slice(1).map((place, index) => place - (places[index] ?? 0));
    expect(Math.min(...moves)).toBeGreaterThanOrEqual(0.3);
  });

  it('never goes back where it was in a panel that was hidden', async () => {
    const panel = (isOpen: boolean, value: ContainerProgress) => <div style={{ display: isOpen ? 'block' : 'none' }}>{draw(value)}</div>;
    const fast = progressOf({ percent: 40, percentPerSecond: 1 });
    const screen = await render(panel(true, fast));
    await screen.rerender(panel(false, fast));
    await screen.rerender(panel(true, fast));
    const before = shareOf(screen.container);
    for (const percent of [40.1, 40.2]) {
      await screen.rerender(panel(true, progressOf({ percent, percentPerSecond: 0.03 })));
      for (const at of [0, 5_000, 10_000]) {
        pixelsAt(screen.container, at);
        expect(shareOf(screen.container)).toBeGreaterThanOrEqual(before - 1e-6);
      }
    }
  });

  it('goes on from where it was when it waited to start again', async () => {
    const running = progressOf({ percent: 40, percentPerSecond: 0.2 });
    const screen = await render(draw(running));
    await screen.rerender(draw({ ...running, percent: 40.2, observedAt: 1 }));
    await screen.rerender(draw({ ...running, status: 'queued', percentPerSecond: null }));
    // Drawn as what waits.
    expect(shareOf(screen.container)).toBe(1);
    await screen.rerender(draw({ ...running, observedAt: 2 }));
    expect(pixelsAt(screen.container, 0)).toBeCloseTo(120, -1);
    expect(pixelsAt(screen.container, 5_000)).toBeCloseTo(123, -1);
  });

  it('begins a movement where the reading is, also where the next comes in the same frame', async () => {
    const screen = await render(draw(progressOf({ percent: 30, percentPerSecond: 1 })));
    await screen.rerender(draw(progressOf({ percent: 30.1, percentPerSecond: 0.5 })));
    expect(pixelsAt(screen.container, 0)).toBeCloseTo(90, 0);
  });
});

describe('what the reader has set', () => {
  afterEach(() => emulate([]));

  it('less motion: the fill stands where the reading is, and nothing moves', async () => {
    await emulate([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    const screen = await render(<ProgressBar progress={progressOf({ percent: 40, percentPerSecond: 5 })} stages={plan} />);
    await screen.rerender(<ProgressBar progress={progressOf({ percent: 44, percentPerSecond: 5 })} stages={plan} />);
    expect(screen.container.getAnimations({ subtree: true })).toEqual([]);
    expect(shareOf(screen.container)).toBeCloseTo(0.44, 5);
    for (const value of [progress.queued, progress.indeterminate, null]) {
      await screen.rerender(<ProgressBar progress={value} />);
      expect(screen.container.getAnimations({ subtree: true })).toEqual([]);
    }
  });

  it('its own colours: the fill is told from the track in every state', async () => {
    await emulate([{ name: 'forced-colors', value: 'active' }]);
    const states = [progress.running, progress.queued, progress.completed, progress.failed, progress.canceled, progress.overdue];
    for (const value of states) {
      const screen = await render(<ProgressBar progress={value} freshness={{ state: 'stalled', reason: 'quiet' }} />);
      const colour = (element: Element) => getComputedStyle(element).backgroundColor;
      expect(colour(part(screen.container, 'fill'))).not.toBe(colour(part(screen.container, 'track')));
      expect(getComputedStyle(part(screen.container, 'track')).borderTopStyle).toBe('solid');
      await screen.unmount();
    }
  });
});

describe('the list of stages', () => {
  it('says of each stage where it is, and gives the present one its own bar', async () => {
    const screen = await render(<ProgressBar progress={midway} stages={plan} />);
    const items = screen.getByRole('list', { name: 'Stages' }).getByRole('listitem').elements();
    expect(items.map((item) => [item.textContent, item.ariaCurrent])).toEqual([
      ['Writing script, done', null],
      ['Generating visuals, now', 'step'],
      ['Adding voice, to come', null],
      ['Finishing touches, to come', null],
    ]);
    expect(screen.container.querySelectorAll('[data-part="stage-track"]')).toHaveLength(1);
    await expect.poll(() => shareOf(screen.container, 'stage-fill')).toBeCloseTo(0.42, 2);
    await screen.rerender(<ProgressBar progress={progress.completed} stages={plan} />);
    expect(items.map((item) => (item as HTMLElement).dataset.state)).toEqual(['done', 'done', 'done', 'done']);
  });
});

describe('a bar in a provider', () => {
  beforeEach(() => {
    stopTime();
  });
  afterEach(async () => {
    await cleanup();
    vi.useRealTimers();
  });

  it('is called by the hook of its container where the cache has it, and spends no read on that', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ hook: 'POV:\nit works', generation: shortLife(600_000) });
    const screen = await render(<ProgressBar containerId={id} />, { wrapper: world.wrapper });
    await pass(3_000);
    expect(screen.getByRole('progressbar').element().ariaLabel).toBe('Progress');
    expect(world.reads(/\/v1\/content\/[^/]+$/)).toEqual([]);
    world.queryClient.setQueryData(layersKeys.container(world.client, id), await world.client.getContainer(id));
    await pass(10);
    expect(screen.getByRole('progressbar').element().ariaLabel).toBe('POV: it works');
    await screen.rerender(<ProgressBar containerId={id} label="Mine" />);
    expect(screen.getByRole('progressbar').element().ariaLabel).toBe('Mine');
  });

  it('says that there is no media once the record tells so', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ state: 'completed' });
    const record = await world.client.getContainer(id);
    world.queryClient.setQueryData(layersKeys.container(world.client, id), { ...record, preview: null });
    const screen = await render(<ProgressBar containerId={id} />, { wrapper: world.wrapper });
    await pass(500);
    expect(part(screen.container, 'words').innerText.replace(/\s+/g, ' ')).toBe('Ready No preview');
    expect((screen.container.firstElementChild as HTMLElement).dataset.withoutMedia).toBe('');
  });

  it.each([true, false])(
    'says that there is no media after one read of the record, where nothing else tells it (seen in flight: %s)',
    async (isSeen) => {
      const world: World = createWorld({}, { fetch: (...request) => withoutMedia(world.simulator.fetch(...request)) });
      const id = world.simulator.addContainer(isSeen ? { generation: shortLife(8_000) } : { state: 'completed' });
      world.client.schedule.show(id, {}, true);
      const screen = await render(<ProgressBar containerId={id} />, { wrapper: world.wrapper });
      await pass(20_000);
      expect(part(screen.container, 'words').innerText.replace(/\s+/g, ' ')).toBe('Ready No preview');
      expect(world.reads(/\/v1\/content\/[^/]+$/)).toHaveLength(1);
      await pass(120_000);
      expect(world.reads(/\/v1\/content\/[^/]+$/)).toHaveLength(1);
    },
  );

  it('reads no record where a row has media, or the host says so', async () => {
    const world = createWorld();
    const [listed, told] = [1, 2].map(() => world.simulator.addContainer({ state: 'completed' })) as [string, string];
    const page = await world.client.listContainers(world.projectId);
    const row = page.containers.find(({ id }) => id === listed);
    world.queryClient.setQueryData(layersKeys.container(world.client, listed), { ...row, isPartial: true });
    for (const id of [listed, told]) world.client.schedule.show(id, {}, true);
    await render(
      <>
        <ProgressBar containerId={listed} label="Listed" />
        <ProgressBar containerId={told} label="Told" hasMedia />
      </>,
      { wrapper: world.wrapper },
    );
    await pass(20_000);
    expect(world.reads(/\/progress$/).length).toBeGreaterThan(0);
    expect(world.reads(/\/v1\/content\/[^/]+$/)).toEqual([]);
  });

  it('has one polite voice for all bars: at most one message in 10 s, names in it, and the end', async () => {
    const world = createWorld();
    const ids = ['Clip A', 'Clip B'].map((hook) => world.simulator.addContainer({ hook, generation: shortLife(30_000) }));
    // What is on the screen is told by the browser in its own time, which does not stand still.
    for (const id of ids) world.client.schedule.show(id, {}, true);
    const said: [at: number, text: string][] = [];
    const startedAt = Date.now();
    const screen = await render(
      <StrictMode>
        {ids.map((id, index) => (
          <ProgressBar key={id} containerId={id} label={`Clip ${index + 1}`} />
        ))}
        <ProgressBar containerId={ids[0]} label="Clip 1" />
      </StrictMode>,
      { wrapper: world.wrapper },
    );
    const regions = document.querySelectorAll('[aria-live="polite"]');
    expect(regions).toHaveLength(1);
    const region = screen.getByRole('status').element();
    new MutationObserver(() => said.push([Date.now() - startedAt, region.textContent ?? ''])).observe(region, { childList: true });
    await pass(50_000);
    expect(said[0]?.[1]).toBe('Clip 1: Waiting to start. Clip 2: Waiting to start');
    const words = said
      .map(([, text]) => text)
      .join('. ')
      .split('. ');
    expect(words.filter((text) => text.endsWith('Ready')).sort()).toEqual(['Clip 1: Ready', 'Clip 2: Ready']);
    const gaps = said.slice(1).map(([at], index) => at - (said[index]?.[0] ?? 0));
    expect(said.length).toBeGreaterThan(2);
    expect(gaps.filter((gap) => gap < 10_000)).toEqual([]);
  });

  it('tells of more than three in one summary', async () => {
    const world = createWorld();
    const ids = [1, 2, 3, 4, 5].map(() => world.simulator.addContainer({ generation: shortLife(600_000) }));
    const screen = await render(
      ids.map((id) => <ProgressBar key={id} containerId={id} />),
      { wrapper: world.wrapper },
    );
    await pass(12_000);
    expect(screen.getByRole('status').element().textContent).toBe('5 being made');
  });
});

describe.for(THEMES)('in the %s theme', (theme) => {
  const states = {
    slowed: { state: 'slowed', reason: 'failing' },
    paused: { state: 'paused', reason: 'rate-limited' },
    stalled: { state: 'stalled', reason: 'quiet' },
    offline: { state: 'offline', reason: 'network' },
  } as const;

  it.for(Object.entries(states))('has no accessibility violation when %s', async ([, freshness]) => {
    const screen = await render(
      <Page theme={theme}>
        <ProgressBar progress={progress.running} freshness={freshness} />
      </Page>,
    );
    expect(await findViolations(screen.container)).toEqual([]);
  });

  it('has none with a list of stages, and none without media', async () => {
    const screen = await render(
      <Page theme={theme}>
        <>
          <ProgressBar progress={midway} stages={plan} label="One" />
          <ProgressBar progress={progress.completed} hasMedia={false} label="Two" />
        </>
      </Page>,
    );
    expect(await findViolations(screen.container)).toEqual([]);
  });
});
