import '../../src/styles/index.css';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { ContainerGrid } from '../../src/index.js';
import { createLibrary } from '../../stories/support/library.js';
import { frames } from '../support/frames.js';
import { containers, previews } from './support.js';

const library = createLibrary(20, previews);
const item = (index: number) => document.querySelector(`[aria-rowindex="${index + 1}"]`) as HTMLElement;

beforeEach(() => window.scrollTo(0, 0));

describe('ContainerGrid: rows that are higher than the screen', () => {
  it('are shown from their beginning when a key goes to them', async () => {
    const screen = await render(
      <div data-testid="pane" style={{ blockSize: 300, overflow: 'auto' }}>
        <ContainerGrid containers={library} variant="list" renderItem={() => <p style={{ blockSize: 420, margin: 0 }}>High</p>} />
      </div>,
    );
    await frames();
    const pane = screen.getByTestId('pane').element().getBoundingClientRect();
    item(0).focus();
    const tops: number[] = [];
    for (const key of ['{ArrowDown}', '{ArrowDown}', '{ArrowDown}', '{ArrowUp}']) {
      await userEvent.keyboard(key);
      await frames();
      tops.push((document.activeElement as HTMLElement).getBoundingClientRect().top - pane.top);
    }
    expect(document.activeElement).toBe(item(2));
    // Below the edge by as much as the mark of the focus takes up.
    expect(tops.map(Math.round)).toEqual([4, 4, 4, 4]);
  });
});

describe('ContainerGrid: more', () => {
  it('is not asked for while the grid is far below the screen', async () => {
    const onLoadMore = vi.fn();
    await render(
      <>
        <div style={{ blockSize: 5_000 }} />
        <ContainerGrid containers={library.slice(0, 4)} hasNextPage onLoadMore={onLoadMore} />
      </>,
    );
    await frames(12);
    expect(onLoadMore).not.toHaveBeenCalled();
    window.scrollTo(0, 4_200);
    await vi.waitFor(() => expect(onLoadMore).toHaveBeenCalledTimes(1));
  });
});

describe('ContainerGrid: Ctrl+A', () => {
  it.each([
    ['with Caps Lock', { key: 'A', code: 'KeyA' }],
    ['on an Arabic keyboard', { key: 'ش', code: 'KeyA' }],
    ['where A lies elsewhere', { key: 'a', code: 'KeyQ' }],
  ])('selects all %s', async (_, keys) => {
    const onSelectionChange = vi.fn();
    await render(<ContainerGrid containers={[containers.toApprove]} selectable onSelectionChange={onSelectionChange} />);
    item(0).dispatchEvent(new KeyboardEvent('keydown', { ...keys, ctrlKey: true, bubbles: true, cancelable: true }));
    await vi.waitFor(() => expect(onSelectionChange).toHaveBeenCalledExactlyOnceWith([containers.toApprove.id]));
  });

  it('is no other letter that lies where A does elsewhere', async () => {
    const onSelectionChange = vi.fn();
    await render(<ContainerGrid containers={[containers.toApprove]} selectable onSelectionChange={onSelectionChange} />);
    const quit = new KeyboardEvent('keydown', { key: 'q', code: 'KeyA', ctrlKey: true, bubbles: true, cancelable: true });
    item(0).dispatchEvent(quit);
    await frames();
    expect(onSelectionChange).not.toHaveBeenCalled();
    expect(quit.defaultPrevented).toBe(false);
  });
});
