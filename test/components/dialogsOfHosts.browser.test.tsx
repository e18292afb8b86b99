import '../../src/styles/index.css';
import * as React from 'react';
import { type ComponentType, type ReactNode, StrictMode, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { ApprovalActions, ContainerGrid } from '../../src/components/index.js';
import { LayersError } from '../../src/model/errors.js';
import { createLibrary } from '../../stories/support/library.js';
import { containers, previews } from './support.js';

afterEach(async () => {
  await cleanup();
  document.body.replaceChildren();
});

const { Activity } = React as unknown as { Activity?: ComponentType<{ mode: 'hidden' | 'visible'; children: ReactNode }> };
const never = () => new Promise<void>(() => {});
const actions = <ApprovalActions container={containers.toApprove} onApprove={never} onReject={never} />;
const ours = () => document.querySelector('dialog[data-part="dialog"]') as HTMLDialogElement;

/** Once an element has been told of an event, and so has React. */
const heardBy = (element: Element, type: string) =>
  new Promise((resolve) => element.addEventListener(type, () => setTimeout(resolve), { once: true }));

/** As Radix, Headless UI and others build them: Escape is heard on the document, in the capture phase, unless somebody has prevented it. */
function CapturingDialog({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(true);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      setOpen(false);
    };
    document.addEventListener('keydown', press, { capture: true });
    return () => document.removeEventListener('keydown', press, { capture: true });
  }, []);
  return isOpen ? (
    <div role="dialog" aria-label="Host" data-testid="host">
      {children}
    </div>
  ) : null;
}

/** As others do: the key is heard where it comes up. */
function BubblingDialog({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(true);
  useEffect(() => {
    const press = (event: KeyboardEvent) => event.key === 'Escape' && !event.defaultPrevented && setOpen(false);
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return isOpen ? (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- as hosts write it
    <div role="dialog" aria-label="Host" data-testid="host" onKeyDown={({ key }) => key === 'Escape' && setOpen(false)}>
      {children}
    </div>
  ) : null;
}

function NativeDialog({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(true);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return isOpen ? (
    <dialog ref={dialog} aria-label="Host" data-testid="host" onClose={() => setOpen(false)}>
      {children}
    </dialog>
  ) : null;
}

const HOSTS = { 'hears it in the capture phase': CapturingDialog, 'hears it as it comes up': BubblingDialog, 'is native': NativeDialog };

describe.each(Object.entries(HOSTS))('in a dialog of the host that %s, Escape', (_, Host) => {
  const host = () => document.querySelector('[data-testid="host"]');

  it('closes the rejection first and keeps its reason, then the dialog', async () => {
    const screen = await render(<Host>{actions}</Host>);
    await screen.getByRole('button', { name: 'Reject' }).click();
    await expect.element(screen.getByRole('textbox')).toHaveFocus();
    await userEvent.keyboard('Off brand{Escape}');
    await expect.poll(() => ours().open).toBe(false);
    expect(host()).not.toBeNull();
    await expect.element(screen.getByRole('button', { name: 'Reject' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByRole('textbox')).toHaveValue('Off brand');
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => ours().open).toBe(false);
    expect(host()).not.toBeNull();
    await userEvent.keyboard('{Escape}');
    await expect.poll(host).toBeNull();
  });

  it('goes from within a card back to it, then selects none, then closes the dialog', async () => {
    await render(
      <Host>
        <ContainerGrid containers={createLibrary(8, previews)} selectable={() => true} onOpen={() => {}} />
      </Host>,
    );
    const card = document.querySelector('[role="row"]') as HTMLElement;
    card.focus();
    await userEvent.keyboard(' {F2}');
    expect(document.querySelectorAll('[aria-selected="true"]')).toHaveLength(1);
    expect(card.contains(document.activeElement)).toBe(true);
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement).toBe(card);
    expect(document.querySelectorAll('[aria-selected="true"]')).toHaveLength(1);
    await userEvent.keyboard('{Escape}');
    expect(document.querySelectorAll('[aria-selected="true"]')).toHaveLength(0);
    expect(host()).not.toBeNull();
    await userEvent.keyboard('{Escape}');
    await expect.poll(host).toBeNull();
  });

  it('closes a rejection that is in a card of a grid, and leaves the card as it is', async () => {
    const screen = await render(
      <Host>
        <ContainerGrid containers={createLibrary(4, previews)} renderItem={(_container, index) => index === 0 && actions} />
      </Host>,
    );
    await screen.getByRole('button', { name: 'Reject' }).click();
    await expect.element(screen.getByRole('textbox')).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => ours().open).toBe(false);
    await expect.element(screen.getByRole('button', { name: 'Reject' })).toHaveFocus();
    expect(host()).not.toBeNull();
  });
});

describe('what React has come up from', () => {
  it('a rejection is not that of a form or a dialog of the host around it', async () => {
    const [onSubmit, onClose, onCancel] = [vi.fn(), vi.fn(), vi.fn()];
    const screen = await render(
      <dialog open onClose={onClose} onCancel={onCancel} onSubmit={onSubmit}>
        {actions}
      </dialog>,
    );
    await screen.getByRole('button', { name: 'Reject' }).click();
    await userEvent.keyboard('Off brand{Control>}{Enter}{/Control}');
    const closed = heardBy(ours(), 'close');
    await userEvent.keyboard('{Escape}');
    await closed;
    expect([onSubmit, onClose, onCancel].map((heard) => heard.mock.calls.length)).toEqual([0, 0, 0]);
  });

  it('details is not those of the host around them', async () => {
    const onToggle = vi.fn();
    const error = new LayersError({ code: 'FORBIDDEN_SCOPE', message: 'x', requestId: 'req_1' });
    const screen = await render(
      <details open onToggle={({ target }) => onToggle((target as HTMLElement).dataset.part)}>
        <ContainerGrid containers={createLibrary(1, previews)} error={error} invalid={[{ index: 1, reason: 'No id' }]} />
      </details>,
    );
    const parts = [...screen.container.querySelectorAll<HTMLElement>('[data-part="details"]')];
    expect(parts).toHaveLength(2);
    const toggled = parts.map((part) => heardBy(part, 'toggle'));
    for (const part of parts) part.querySelector('summary')?.click();
    await Promise.all(toggled);
    expect(onToggle.mock.calls.flat().filter(Boolean)).toEqual([]);
  });
});

describe('in a card of a grid, Escape closes what the host has open there', () => {
  it.each([
    ['a menu', <button key="1" type="button" data-testid="inner" aria-label="More" aria-haspopup="menu" aria-expanded="true" />],
    [
      'a dialog',
      <div key="2" role="dialog" aria-label="Inner">
        <button type="button" data-testid="inner" aria-label="Inner" />
      </div>,
    ],
    ['a list of choices', <input key="3" role="combobox" aria-expanded="true" aria-controls="x" data-testid="inner" />],
  ])('%s', async (_, inner) => {
    const heard = vi.fn();
    const screen = await render(
      <ContainerGrid
        containers={createLibrary(1, previews)}
        renderItem={() => (
          <div role="presentation" onKeyDown={({ key }) => heard(key)}>
            {inner}
          </div>
        )}
      />,
    );
    const element = screen.getByTestId('inner').element() as HTMLElement;
    element.focus();
    await userEvent.keyboard('{Escape}');
    expect(heard).toHaveBeenCalledWith('Escape');
    expect(document.activeElement).toBe(element);
  });
});

describe('a rejection that its page hides', () => {
  /** Whether the page can be clicked: nothing modal is in the way. */
  const answers = async (name: string) => {
    const clicked = vi.fn();
    const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name) as HTMLButtonElement;
    button.addEventListener('click', clicked);
    await userEvent.click(button, { timeout: 5_000 });
    return clicked.mock.calls.length === 1;
  };

  it.runIf(Activity)('with <Activity> leaves the page alive, and has its reason when it is back', async () => {
    const Route = Activity as NonNullable<typeof Activity>;
    const page = (mode: 'hidden' | 'visible') => (
      <StrictMode>
        <button type="button">Elsewhere</button>
        <Route mode={mode}>{actions}</Route>
      </StrictMode>
    );
    const screen = await render(page('visible'));
    await screen.getByRole('button', { name: 'Reject' }).click();
    await userEvent.keyboard('Off brand');
    await screen.rerender(page('hidden'));
    expect(document.querySelector('dialog:modal')).toBeNull();
    expect(await answers('Elsewhere')).toBe(true);
    await screen.rerender(page('visible'));
    if (!ours().open) await screen.getByRole('button', { name: 'Reject' }).click();
    await expect.element(screen.getByRole('textbox')).toHaveValue('Off brand');
    await userEvent.keyboard('{Escape}');
    expect(await answers('Elsewhere')).toBe(true);
  });

  it('with its style leaves the page alive, and has its reason when it is back', async () => {
    const screen = await render(
      <>
        <button type="button">Elsewhere</button>
        <div data-testid="route">{actions}</div>
      </>,
    );
    const route = screen.getByTestId('route').element() as HTMLElement;
    await screen.getByRole('button', { name: 'Reject' }).click();
    await userEvent.keyboard('Off brand');
    route.style.display = 'none';
    await expect.poll(() => document.querySelector('dialog:modal')).toBeNull();
    expect(await answers('Elsewhere')).toBe(true);
    route.style.display = '';
    await screen.getByRole('button', { name: 'Reject' }).click();
    await expect.element(screen.getByRole('textbox')).toHaveValue('Off brand');
  });

  it('and is unmounted with leaves the page alive', async () => {
    const page = (isThere: boolean) => (
      <StrictMode>
        <button type="button">Elsewhere</button>
        {isThere && actions}
      </StrictMode>
    );
    const screen = await render(page(true));
    await screen.getByRole('button', { name: 'Reject' }).click();
    await screen.rerender(page(false));
    expect(await answers('Elsewhere')).toBe(true);
  });
});

/** A page of the same origin in a frame, with our styles. */
function openFrame(): Document {
  const frame = document.createElement('iframe');
  frame.style.cssText = 'inline-size: 700px; block-size: 500px; border: 0';
  document.body.append(frame);
  const page = frame.contentDocument as Document;
  for (const style of document.querySelectorAll('style')) page.head.append(page.importNode(style, true));
  return page;
}

describe('in another document', () => {
  const press = (page: Document, key: string, more: KeyboardEventInit = {}) => {
    const view = page.defaultView as Window & typeof globalThis;
    return page.activeElement?.dispatchEvent(
      new view.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true, ...more }),
    );
  };

  it('a grid draws what is on the screen there, and its keys move there', async () => {
    const page = openFrame();
    const onOpen = vi.fn();
    await render(
      createPortal(<ContainerGrid containers={createLibrary(400, previews)} onOpen={onOpen} scrollKey="frame" />, page.body) as never,
    );
    const rows = () => [...page.querySelectorAll<HTMLElement>('[role="row"]')];
    await expect.poll(() => rows().length).toBeGreaterThan(2);
    expect(rows().length).toBeLessThan(60);
    page.defaultView?.scrollTo(0, 10_000);
    const seen = () => rows().filter((row) => row.getBoundingClientRect().bottom > 0 && row.getBoundingClientRect().top < 500);
    await expect.poll(() => seen().length).toBeGreaterThan(1);
    page.defaultView?.scrollTo(0, 0);
    await expect.poll(() => rows()[0]?.getAttribute('aria-rowindex')).toBe('1');
    rows()[0]?.focus();
    expect(press(page, 'ArrowRight')).toBe(false);
    await expect.poll(() => page.activeElement?.getAttribute('aria-rowindex')).toBe('2');
    press(page, 'End', { ctrlKey: true });
    await expect.poll(() => page.activeElement?.getAttribute('aria-rowindex')).toBe('400');
    await expect.poll(() => page.activeElement?.getBoundingClientRect().bottom).toBeLessThanOrEqual(500);
    press(page, 'Enter');
    expect(onOpen).toHaveBeenCalledOnce();
    press(page, 'F2');
    await expect.poll(() => page.activeElement?.getAttribute('role')).not.toBe('row');
    expect(press(page, 'Escape')).toBe(false);
    expect(page.activeElement?.getAttribute('role')).toBe('row');
  });

  it('a rejection opens there, closes by Escape, and the focus is where it was', async () => {
    const page = openFrame();
    let reject = () => {};
    const onReject = () => new Promise<void>((resolve) => (reject = resolve));
    await render(
      createPortal(<ApprovalActions container={containers.toApprove} onApprove={never} onReject={onReject} />, page.body) as never,
    );
    const button = page.querySelector<HTMLButtonElement>('[data-part="reject"]') as HTMLButtonElement;
    button.focus();
    button.click();
    await expect.poll(() => page.activeElement?.tagName).toBe('TEXTAREA');
    expect(page.querySelector('dialog:modal')).not.toBeNull();
    expect(press(page, 'Escape')).toBe(false);
    await expect.poll(() => page.querySelector('dialog:modal')).toBeNull();
    expect(page.activeElement).toBe(button);
    button.click();
    await expect.poll(() => page.activeElement?.tagName).toBe('TEXTAREA');
    page.execCommand('insertText', false, 'Off brand');
    page.querySelector<HTMLButtonElement>('[data-part="confirm"]')?.click();
    await expect.poll(() => page.querySelector('[data-part="confirm"]')?.getAttribute('aria-disabled')).toBe('true');
    reject();
    await expect.poll(() => page.querySelector<HTMLElement>('.layers-ApprovalActions')?.dataset.state).toBe('rejected');
    await expect.poll(() => page.activeElement?.className).toContain('layers-ApprovalActions');
  });
});

describe('in a shadow root', () => {
  /** A root of its own in a shadow root, with our styles. */
  const inShadow = async (page: ReactNode) => {
    const element = document.createElement('div');
    document.body.append(element);
    const shadow = element.attachShadow({ mode: 'open' });
    for (const style of document.querySelectorAll('style')) shadow.append(style.cloneNode(true));
    const place = document.createElement('div');
    shadow.append(place);
    const root = createRoot(place);
    root.render(page);
    await expect.poll(() => place.childElementCount).toBeGreaterThan(0);
    return { shadow, leave: () => root.unmount() };
  };

  it('keys of a grid and Escape work as in the page', async () => {
    const { shadow, leave } = await inShadow(
      <CapturingDialog>
        <ContainerGrid containers={createLibrary(40, previews)} selectable={() => true} onOpen={() => {}} />
      </CapturingDialog>,
    );
    await expect.poll(() => shadow.querySelectorAll('[role="row"]').length).toBeGreaterThan(2);
    (shadow.querySelector('[role="row"]') as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight} {F2}');
    expect(shadow.activeElement?.getAttribute('role')).not.toBe('row');
    await userEvent.keyboard('{Escape}');
    expect(shadow.activeElement?.getAttribute('aria-rowindex')).toBe('2');
    expect(shadow.querySelectorAll('[aria-selected="true"]')).toHaveLength(1);
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => shadow.querySelectorAll('[aria-selected="true"]').length).toBe(0);
    expect(shadow.querySelector('[data-testid="host"]')).not.toBeNull();
    leave();
  });

  it('a decision leaves the focus where it was taken', async () => {
    let approve = () => {};
    const onApprove = () => new Promise<void>((resolve) => (approve = resolve));
    const { shadow, leave } = await inShadow(<ApprovalActions container={containers.toApprove} onApprove={onApprove} onReject={never} />);
    const button = shadow.querySelector<HTMLButtonElement>('[data-part="approve"]') as HTMLButtonElement;
    button.focus();
    button.click();
    approve();
    await expect.poll(() => shadow.querySelector<HTMLElement>('.layers-ApprovalActions')?.dataset.state).toBe('approved');
    await expect.poll(() => shadow.activeElement?.className ?? '').toContain('layers-ApprovalActions');
    leave();
  });
});
