import '../../src/styles/index.css';
import { type ReactNode, useState } from 'react';
import { createPortal } from 'react-dom';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { ApprovalActions, ContainerGrid, LayersError } from '../../src/index.js';
import type { ContainerSummary } from '../../src/model/container.js';
import { NOW } from '../../stories/support/containers.js';
import { createLibrary } from '../../stories/support/library.js';
import { previews } from './support.js';
import { until } from '../support/until.js';

const library = createLibrary(60, previews);
const item = (index: number) => document.querySelector(`[aria-rowindex="${index + 1}"]`) as HTMLElement;
const focused = () => document.activeElement as HTMLElement;
const byId = (id: string) => document.getElementById(id) as HTMLElement;
const error = new LayersError({ code: 'NETWORK', message: 'No way through.', requestId: 'req_1' });

const own = (renderItem: (container: ContainerSummary, index: number) => ReactNode, more = {}) => (
  <>
    <ContainerGrid containers={library.slice(0, 12)} renderItem={renderItem} {...more} />
    <button type="button" id="after">
      After
    </button>
  </>
);

describe('ContainerGrid: keys belong to what has the focus', () => {
  it('leaves those of a field, a list of options and editable text in a card alone', async () => {
    const onSelectionChange = vi.fn();
    await render(
      own(
        (_, index) => (
          <>
            <input id={`field${index}`} aria-label="Field" defaultValue="abc" />
            <select id={`options${index}`} aria-label="Options">
              <option>1</option>
              <option>2</option>
            </select>
            {/* biome-ignore lint/a11y/useSemanticElements: editable text is what is tested */}
            <div id={`text${index}`} role="textbox" aria-label="Text" tabIndex={0} contentEditable suppressContentEditableWarning>
              abc
            </div>
          </>
        ),
        { selectable: () => true, onSelectionChange },
      ),
    );
    for (const id of ['field1', 'options1', 'text1']) {
      byId(id).focus();
      await userEvent.keyboard('{ArrowRight}{ArrowDown}{Home}{End}{PageDown} {Control>}a{/Control}');
      expect(focused().id).toBe(id);
    }
    expect(onSelectionChange).not.toHaveBeenCalled();
    expect((byId('field1') as HTMLInputElement).value).toContain(' ');
  });

  it('leaves a dialog that a card opens alone: Escape closes it and gives the focus back', async () => {
    const waiting = library.find(({ status, approvalStatus }) => status === 'completed' && approvalStatus === 'pending');
    await render(own((_, index) => (index === 1 ? <ApprovalActions container={waiting} onApprove={() => {}} onReject={() => {}} /> : 'x')));
    const reject = document.querySelector('[data-part="reject"]') as HTMLElement;
    await userEvent.click(reject);
    const dialog = document.querySelector('dialog') as HTMLDialogElement;
    expect(dialog.open).toBe(true);
    await userEvent.keyboard('a{ArrowRight}{Home} {End}{Tab}{Tab}{Tab}');
    expect(item(1).contains(focused()) || focused() === document.body).toBe(true);
    expect(focused().getAttribute('role')).not.toBe('row');
    await userEvent.keyboard('{Escape}');
    await until(() => expect(dialog.open).toBe(false));
    expect(focused()).toBe(reject);
  });

  it('leaves the focus in what a card puts elsewhere in the page', async () => {
    await render(
      own((_, index) =>
        index === 1
          ? createPortal(
              <div>
                <button type="button" id="one">
                  One
                </button>
                <button type="button" id="two" data-select="x">
                  Two
                </button>
              </div>,
              document.body,
            )
          : 'x',
      ),
    );
    item(2).focus();
    byId('one').focus();
    await userEvent.keyboard('{Tab}');
    expect(focused().id).toBe('two');
    await userEvent.keyboard('{ArrowLeft}{Shift>}{Tab}{/Shift}');
    expect(focused().id).toBe('one');
  });

  it('leaves keys of a table inside of a card to it', async () => {
    await render(
      own(() => (
        <div role="table" aria-label="Facts">
          {/* biome-ignore lint/a11y/useFocusableInteractive: rows of a table are what is tested */}
          <div role="row" tabIndex={-1} className="inner">
            <div role="cell">Fact</div>
          </div>
        </div>
      )),
    );
    const inner = document.querySelector('.inner') as HTMLElement;
    inner.focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(focused()).toBe(inner);
  });

  it('leaves the browser its own: back, and all the text where nothing can be selected', async () => {
    await render(<ContainerGrid containers={library.slice(0, 12)} now={NOW} />);
    item(1).focus();
    const seen: boolean[] = [];
    const hear = (event: KeyboardEvent) => seen.push(event.defaultPrevented);
    window.addEventListener('keydown', hear);
    for (const init of [{ key: 'ArrowLeft', metaKey: true }, { key: 'ArrowLeft', altKey: true }, { key: 'a', ctrlKey: true }, { key: ' ' }])
      item(1).dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }));
    window.removeEventListener('keydown', hear);
    expect(seen).toEqual([false, false, false, false]);
  });
});

describe('ContainerGrid: the Tab key', () => {
  it('reaches editable text that a card ends with, and passes by what is hidden', async () => {
    await render(
      own(() => (
        <>
          <button type="button" className="first">
            First
          </button>
          <div className="text" contentEditable suppressContentEditableWarning>
            abc
          </div>
          <button type="button" style={{ visibility: 'hidden' }}>
            Hidden
          </button>
          <details>
            <summary className="last">More</summary>
            <button type="button">Folded</button>
          </details>
        </>
      )),
    );
    item(1).focus();
    for (const name of ['first', 'text', 'last']) {
      await userEvent.keyboard('{Tab}');
      expect(focused().className).toBe(name);
      expect(item(1).contains(focused())).toBe(true);
    }
    await userEvent.keyboard('{Tab}');
    expect(focused().id).toBe('after');
  });
});

describe('ContainerGrid: the focus is never lost', () => {
  it('to a card whose control goes', async () => {
    const screen = await render(<ContainerGrid containers={library.slice(0, 12)} now={NOW} selectable={() => true} />);
    (item(3).querySelector('input') as HTMLElement).focus();
    await screen.rerender(<ContainerGrid containers={library.slice(0, 12)} now={NOW} />);
    expect(focused()).toBe(item(3));
  });

  it('when the last rows go', async () => {
    const screen = await render(<ContainerGrid containers={library.slice(0, 12)} now={NOW} />);
    item(11).focus();
    await screen.rerender(<ContainerGrid containers={library.slice(0, 5)} now={NOW} />);
    expect(focused().getAttribute('aria-rowindex')).toBe('5');
  });

  it('when all rows go', async () => {
    const screen = await render(<ContainerGrid containers={library.slice(0, 5)} now={NOW} />);
    item(2).focus();
    await screen.rerender(<ContainerGrid containers={[]} now={NOW} />);
    expect(focused().closest('.layers-ContainerGrid')).not.toBeNull();
    expect(focused().dataset.part).toBe('empty');
  });

  it('to a button that more was loaded by', async () => {
    function Library() {
      const [state, setState] = useState<'more' | 'loading' | 'failed' | 'end'>('more');
      return (
        <ContainerGrid
          containers={library.slice(0, 4)}
          now={NOW}
          loadMore="button"
          hasNextPage={state !== 'end'}
          error={state === 'failed' ? error : null}
          onLoadMore={() => setState('failed')}
          onRetry={() => setState('end')}
        />
      );
    }
    const screen = await render(<Library />);
    (screen.getByRole('button', { name: 'Load more' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByText('More could not be loaded.')).toBeVisible();
    expect(focused().textContent).toBe('Try again');
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByText('4 items')).toBeVisible();
    expect(focused()).not.toBe(document.body);
  });

  it('to the first reading that is tried again', async () => {
    function Library() {
      const [tries, setTries] = useState(0);
      return (
        <ContainerGrid
          containers={tries === 2 ? library.slice(0, 4) : undefined}
          now={NOW}
          error={tries === 0 ? error : null}
          onRetry={() => setTries(1)}
          toolbar={
            <button type="button" id="next" tabIndex={-1} onClick={() => setTries(2)}>
              Next
            </button>
          }
        />
      );
    }
    const screen = await render(<Library />);
    (screen.getByRole('button', { name: 'Try again' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    expect(focused()).not.toBe(document.body);
    byId('next').click();
    await expect.element(screen.getByText('4 items')).toBeVisible();
    expect(focused()).not.toBe(document.body);
  });

  it('to the button that selects none', async () => {
    const screen = await render(
      <ContainerGrid containers={library.slice(0, 12)} now={NOW} selectable={() => true} defaultSelectedIds={[library[2]?.id as string]} />,
    );
    (screen.getByRole('button', { name: 'Clear' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    expect(screen.getByText('1 selected').query()).toBeNull();
    expect(focused()).not.toBe(document.body);
  });
});

describe('ContainerGrid: selection', () => {
  it('tells only what changes, and ranges from the last that was touched, wherever it stands now', async () => {
    const onSelectionChange = vi.fn();
    const page = (rows: readonly ContainerSummary[]) => (
      <ContainerGrid containers={rows} now={NOW} selectable={(row) => row.id !== library[5]?.id} onSelectionChange={onSelectionChange} />
    );
    const screen = await render(page(library.slice(4, 12)));
    item(1).focus();
    await userEvent.keyboard(' ');
    expect(onSelectionChange).not.toHaveBeenCalled();
    await userEvent.keyboard('{ArrowRight} ');
    expect(onSelectionChange).toHaveBeenLastCalledWith([library[6]?.id]);
    await screen.rerender(page(library.slice(0, 12)));
    (document.querySelector(`[data-id="${library[8]?.id}"]`) as HTMLElement).focus();
    await userEvent.keyboard('{Shift>} {/Shift}');
    expect(onSelectionChange).toHaveBeenLastCalledWith([6, 7, 8].map((index) => library[index]?.id));
    await screen.rerender(page(library.slice(0, 12).filter(({ id }) => id !== library[8]?.id)));
    expect(document.querySelector('[data-part="count"]')?.textContent).toBe('2 selected');
    (document.querySelector(`[data-id="${library[2]?.id}"]`) as HTMLElement).focus();
    await userEvent.keyboard('{Shift>} {/Shift}');
    expect(onSelectionChange).toHaveBeenLastCalledWith([2, 6, 7].map((index) => library[index]?.id));
  });

  it('controlled, it shows what it is given', async () => {
    const onSelectionChange = vi.fn();
    const page = (ids: string[]) => (
      <ContainerGrid
        containers={library.slice(0, 6)}
        now={NOW}
        selectable={() => true}
        selectedIds={ids}
        onSelectionChange={onSelectionChange}
      />
    );
    const screen = await render(page([]));
    (item(0).querySelector('input') as HTMLElement).click();
    expect(onSelectionChange).toHaveBeenCalledWith([library[0]?.id]);
    expect((item(0).querySelector('input') as HTMLInputElement).checked).toBe(false);
    expect(item(0).getAttribute('aria-selected')).toBe('false');
    await screen.rerender(page([library[0]?.id as string]));
    expect(item(0).getAttribute('aria-selected')).toBe('true');
  });
});

describe('ContainerGrid: what it leaves behind', () => {
  it('no listener and no observer', async () => {
    const live = new Map<string, number>();
    const count = (name: string, by: number) => live.set(name, (live.get(name) ?? 0) + by);
    const spies = [window, document].flatMap((target) => [
      vi.spyOn(target, 'addEventListener').mockImplementation(function (this: EventTarget, ...args) {
        count(args[0], 1);
        return EventTarget.prototype.addEventListener.apply(this, args as Parameters<EventTarget['addEventListener']>);
      }),
      vi.spyOn(target, 'removeEventListener').mockImplementation(function (this: EventTarget, ...args) {
        count(args[0], -1);
        return EventTarget.prototype.removeEventListener.apply(this, args as Parameters<EventTarget['removeEventListener']>);
      }),
    ]);
    const observers = new Set<ResizeObserver>();
    const observe = vi.spyOn(ResizeObserver.prototype, 'observe').mockImplementation(function (this: ResizeObserver) {
      observers.add(this);
    });
    const disconnect = vi.spyOn(ResizeObserver.prototype, 'disconnect').mockImplementation(function (this: ResizeObserver) {
      observers.delete(this);
    });
    const screen = await render(<ContainerGrid containers={library} now={NOW} />);
    const names = ['keydown', 'keyup', 'pointerdown', 'resize', 'scroll'];
    expect(names.some((name) => (live.get(name) ?? 0) > 0)).toBe(true);
    expect(observers.size).toBeGreaterThan(0);
    await screen.unmount();
    for (const spy of [...spies, observe, disconnect]) spy.mockRestore();
    expect(names.filter((name) => (live.get(name) ?? 0) !== 0)).toEqual([]);
    expect(observers.size).toBe(0);
  });
});

describe('ContainerGrid in both directions of writing', () => {
  it.for([
    ['ltr', 'ArrowRight'],
    ['rtl', 'ArrowLeft'],
  ] as const)('moves as it looks, and keeps the active card in its column when it is out of view: %s', async ([dir, forward]) => {
    await render(
      <div dir={dir}>
        <ContainerGrid containers={createLibrary(400, previews)} now={NOW} />
      </div>,
    );
    item(0).focus();
    await userEvent.keyboard(`{${forward}}`);
    expect(focused()).toBe(item(1));
    const { left, width, height } = item(1).getBoundingClientRect();
    expect(left < item(0).getBoundingClientRect().left).toBe(dir === 'rtl');
    window.scrollTo(0, 20_000);
    await until(() => expect(item(0)).toBeNull());
    const now = item(1).getBoundingClientRect();
    expect([now.left, now.width, Math.round(now.height)]).toEqual([left, width, Math.round(height)]);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(document.documentElement.clientWidth);
    window.scrollTo(0, 0);
  });
});
