import '../../src/styles/index.css';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import {
  ContainerGrid,
  ContainerScreen,
  LayersProvider,
  PreviewPlayer,
  ProgressBar,
  StatusBadge,
  useContainerProgress,
  useTitleProgress,
} from '../../src/index.js';
import { containers } from '../support/samples.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife } from '../support/world.js';

/** What the page hears of it: as of any error in a listener. */
const heard: string[] = [];
const hear = (event: ErrorEvent) => {
  // A file that isn't there says so by an event of the same name.
  if (event.target !== window) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  heard.push(event.message);
};
beforeEach(() => {
  stopTime();
  heard.length = 0;
  addEventListener('error', hear, true);
});
afterEach(() => {
  removeEventListener('error', hear, true);
  vi.useRealTimers();
});

const fails = (name: string) => (): never => {
  throw new Error(`host ${name}`);
};

function Title({ id }: { id: string }) {
  useTitleProgress(id, { format: fails('format') });
  const { data, error } = useContainerProgress(id, { onComplete: fails('onComplete of a hook') });
  return <p data-known="">{data?.status ?? error?.code}</p>;
}

describe('a function of the host that throws', () => {
  it('stops no read and no component, and is told to the page', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: { ...shortLife(8_000), queuedMs: 0 } });
    const screen = await render(
      <LayersProvider client={world.client} queryClient={world.queryClient} onProgressHistory={fails('onProgressHistory')}>
        <ProgressBar containerId={id} onComplete={fails('onComplete of a bar')} />
        <ContainerScreen containerId={id} onComplete={fails('onComplete of a screen')} />
        <Title id={id} />
        <StatusBadge containerId={id} />
      </LayersProvider>,
    );
    await pass(20_000);
    expect(screen.container.querySelector('[data-known]')?.textContent).toBe('completed');
    expect(screen.container.querySelector('.layers-StatusBadge')?.getAttribute('data-state')).toBe('completed');
    expect(screen.container.querySelector('[data-state="broken"]')).toBeNull();
    for (const name of ['format', 'onComplete of a hook', 'onComplete of a bar', 'onComplete of a screen', 'onProgressHistory'])
      expect(heard.filter((message) => message.endsWith(`host ${name}`)).length).toBeGreaterThan(0);
    for (const name of ['a hook', 'a bar', 'a screen']) expect(heard.filter((message) => message.endsWith(name))).toHaveLength(1);
  });
});

describe('an async function of the host that rejects', () => {
  it('is told to the page as one that throws is, and leaves no rejection that nobody handles', async () => {
    const unhandled = vi.fn((event: PromiseRejectionEvent) => event.preventDefault());
    addEventListener('unhandledrejection', unhandled);
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: { ...shortLife(8_000), queuedMs: 0 } });
    const rejects = (name: string) => async () => fails(name)();
    await render(
      <LayersProvider client={world.client} queryClient={world.queryClient} onProgressHistory={rejects('onProgressHistory')}>
        <ProgressBar containerId={id} onComplete={rejects('onComplete')} />
      </LayersProvider>,
    );
    await pass(20_000);
    for (const name of ['onComplete', 'onProgressHistory'])
      expect(heard.filter((message) => message.endsWith(`host ${name}`)).length).toBeGreaterThan(0);
    removeEventListener('unhandledrejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

const sample = containers.approved ?? Object.values(containers)[0];

describe('a function of the host for one row of a grid', () => {
  it('costs that row its link or its card, and nothing else', async () => {
    const rows = Array.from({ length: 4 }, (_, index) => ({ ...sample, id: `cnt_${index}`, caption: `Row ${index}` }));
    const throwsFor = (id: string, value: string) => (container: { id: string }) => (container.id === id ? fails('row')() : value);
    const linked = await render(<ContainerGrid containers={rows} variant="list" href={throwsFor('cnt_1', '#there')} />);
    await pass(500);
    expect(linked.container.querySelectorAll('[role="row"]')).toHaveLength(4);
    expect(linked.container.querySelectorAll('article:has(a[href="#there"])')).toHaveLength(3);
    await linked.unmount();
    const drawn = await render(<ContainerGrid containers={rows} variant="list" renderItem={throwsFor('cnt_2', 'drawn')} />);
    await pass(500);
    expect(drawn.container.textContent?.match(/drawn/g)).toHaveLength(3);
    expect(heard.filter((message) => message.endsWith('host row')).length).toBeGreaterThan(0);
  });
});

describe('a locale', () => {
  it.each([
    ['en_US', /\d%/],
    ['de_DE.UTF-8', /\d.%/],
    ['x', /\d%/],
    ['not a language', /\d%/],
    ['', /\d%/],
  ])('"%s" is drawn with numbers', async (locale, share) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: { ...shortLife(600_000), queuedMs: 0 } });
    const page = (
      <LayersProvider client={world.client} queryClient={world.queryClient} locale={locale}>
        <ProgressBar containerId={id} />
        <ContainerScreen containerId={id} />
      </LayersProvider>
    );
    const screen = await render(page);
    await pass(20_000);
    expect(screen.container.querySelector('[data-part="share"]')?.textContent).toMatch(share);
    expect(screen.container.querySelector('[data-state="broken"]')).toBeNull();
    expect(warn.mock.calls.filter(([text]) => String(text).includes('BCP 47'))).toHaveLength(
      locale === 'x' || locale === 'not a language' ? 1 : 0,
    );
    warn.mockRestore();
  });
});

describe('a container that is not there', () => {
  it.each([
    ['a screen', (id: string) => <ContainerScreen containerId={id} />],
    ['a player', (id: string) => <PreviewPlayer containerId={id} />],
  ])("%s says the server's own words", async (_, draw) => {
    const world = createWorld();
    const screen = await render(draw('cnt_00000000-0000-4000-8000-000000000000'), { wrapper: world.wrapper });
    await pass(3_000);
    const problem = screen.container.querySelector('[data-part="problem"]');
    const { message } = (await world.client
      .getContainer('cnt_00000000-0000-4000-8000-000000000000')
      .catch((error) => error as Error)) as Error;
    expect(problem?.textContent).toContain(message);
    expect(problem?.textContent).not.toContain('could not be loaded');
  });
});
