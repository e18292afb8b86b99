import { JSDOM, VirtualConsole } from 'jsdom';
import type { ReactElement } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, describe, expect, test, vi } from 'vitest';

const wrong: string[] = [];
const virtualConsole = new VirtualConsole().on('jsdomError', (error) => {
  // That it lacks something it says by itself; what ours threw comes here as well.
  if (error.type !== 'not implemented') wrong.push(error.message);
});
const { window: page } = new JSDOM('<!doctype html><html><body></body></html>', {
  url: 'https://partner.invalid/',
  pretendToBeVisual: true,
  virtualConsole,
});
// As test runners do it: what the page has becomes global. React looks for a document when it is loaded.
for (const name of Object.getOwnPropertyNames(page))
  if (!(name in globalThis) || /^(document|navigator|Event|EventTarget|CustomEvent|MessageEvent)$/.test(name))
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value: page[name as keyof typeof page] });
Object.assign(globalThis, { window: page, self: page });

const { createRoot } = await import('react-dom/client');
const { StrictMode } = await import('react');
const { everyComponent, EveryHook } = await import('../support/everyComponent.js');
const { createWorld, shortLife } = await import('../support/world.js');
const { previews, containers } = await import('../support/samples.js');
const components = await import('../../src/components/index.js');
const { PreviewPlayer, ContainerScreen, ContainerGrid, ContainerCard, ProgressBar, PlatformFitNotice, LayersProvider } = components;

const root: { current: Root | null; element: HTMLElement } = { current: null, element: document.body };
const complaints = vi.spyOn(console, 'error').mockImplementation((...words) => void wrong.push(words.map(String).join(' ')));

function draw(element: ReactElement): HTMLElement {
  root.element = document.body.appendChild(document.createElement('div'));
  root.current = createRoot(root.element);
  root.current.render(<StrictMode>{element}</StrictMode>);
  return root.element;
}

afterEach(() => {
  root.current?.unmount();
  document.body.replaceChildren();
  complaints.mockClear();
  wrong.length = 0;
});

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];

/** Presses whatever can be pressed, and then what that has opened. */
async function pressEverything(): Promise<void> {
  const pressed = new Set<Element>();
  for (let round = 0; round < 3; round += 1) {
    for (const button of all('button, input[type="checkbox"], a[href]')) {
      if (pressed.has(button)) continue;
      pressed.add(button);
      button.focus();
      button.click();
      for (const key of ['ArrowRight', 'End', 'Escape', ' '])
        button.dispatchEvent(new page.KeyboardEvent('keydown', { key, bubbles: true }));
    }
    for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  expect(pressed.size).toBeGreaterThan(0);
}

describe('in jsdom', () => {
  test('it lacks what this is about', () => {
    expect('ResizeObserver' in page || 'matchMedia' in page || 'IntersectionObserver' in page).toBe(false);
    expect('showModal' in page.HTMLDialogElement.prototype).toBe(false);
    expect('scrollTo' in page.Element.prototype).toBe(false);
  });

  test.each(['completed', 'in flight', 'failed'] as const)('everything that follows a container that is %s', async (state) => {
    const world = createWorld();
    const id = world.simulator.addContainer(
      state === 'in flight'
        ? { generation: shortLife(600_000) }
        : { state, approvalStatus: state === 'failed' ? 'not_required' : 'pending' },
    );
    const onError = vi.fn();
    draw(
      <LayersProvider client={world.client} queryClient={world.queryClient} locale="en_US" onError={onError}>
        {everyComponent({ id, projectId: world.projectId })}
        <EveryHook id={id} projectId={world.projectId} />
      </LayersProvider>,
    );
    const known = state === 'in flight' ? /queued|processing/ : state;
    await expect.poll(() => document.querySelector('.layers-ContainerScreen [data-part="layout"]')?.textContent).not.toBe('');
    await expect.poll(() => document.querySelector('[data-known="container"]')?.textContent).toMatch(known);
    await expect.poll(() => document.querySelector('[data-known="list"]')?.textContent).toMatch(known);
    await pressEverything();
    expect(onError).not.toHaveBeenCalled();
    expect(all('[data-state="broken"]')).toEqual([]);
    expect(wrong).toEqual([]);
  });

  test('a rejection is written in a dialog and closed by its button', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    draw(
      <LayersProvider client={world.client} queryClient={world.queryClient}>
        <components.ApprovalActions containerId={id} />
      </LayersProvider>,
    );
    await expect.poll(() => document.querySelector('[data-part="reject"]')).not.toBeNull();
    document.querySelector<HTMLElement>('[data-part="reject"]')?.click();
    await expect.poll(() => document.querySelector('dialog')?.hasAttribute('open')).toBe(true);
    document.querySelector<HTMLElement>('dialog [data-part="cancel"]')?.click();
    await expect.poll(() => document.querySelector('dialog')?.hasAttribute('open')).toBe(false);
    expect(wrong).toEqual([]);
  });

  test('everything from plain data', async () => {
    const rows = Object.values(containers);
    draw(
      <>
        {Object.entries(previews).map(([name, preview]) => (
          <PreviewPlayer key={name} preview={preview} controls="minimal" autoPlay autoRotate loop />
        ))}
        {rows.map((container) => (
          <section key={container.id}>
            <ContainerCard container={container} href="#" />
            <ContainerScreen container={container} />
          </section>
        ))}
        <ContainerGrid containers={rows} selectable />
        <ProgressBar progress={null} />
        <PlatformFitNotice platformFit={[{ platform: 'tiktok', ok: false, issues: ['Too long.'] }]} />
      </>,
    );
    await expect.poll(() => all('.layers-ContainerCard').length).toBeGreaterThan(rows.length);
    await pressEverything();
    expect(all('[data-state="broken"]')).toEqual([]);
    expect(wrong).toEqual([]);
  });
});
