import '../../src/styles/index.css';
import { StrictMode, useState } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { ContainerGrid, LayersError } from '../../src/index.js';
import type { Container } from '../../src/model/container.js';
import { NOW } from '../../stories/support/containers.js';
import { createLibrary } from '../../stories/support/library.js';
import { describeConformance } from './describeConformance.js';
import { findViolations, Page, previews, THEMES } from './support.js';
import { frames } from '../support/frames.js';
import { until } from '../support/until.js';

const library = createLibrary(1_000, previews);
const items = () => [...document.querySelectorAll<HTMLElement>('[role="row"]')];
const item = (index: number) => document.querySelector<HTMLElement>(`[aria-rowindex="${index + 1}"]`);
const idOf = (index: number) => (library[index] as Container).id;
const inView = () => items().filter((each) => each.getBoundingClientRect().bottom > 0 && each.getBoundingClientRect().top < innerHeight);
const error = new LayersError({ code: 'NETWORK', message: 'No way through.', requestId: 'req_1' });

/** A column of a page, so wide that four cards stand in a row. */
function Wide({ width = 800, children }: { width?: number; children: React.ReactNode }) {
  return <div style={{ inlineSize: width }}>{children}</div>;
}

beforeEach(() => window.scrollTo(0, 0));

/** Scrolls as a person does, and waits until that is drawn. */
async function scrollTo(top: number) {
  window.scrollTo(0, top);
  await until(() => expect(inView().length).toBeGreaterThan(3));
}

describeConformance('ContainerGrid', <ContainerGrid containers={library.slice(0, 4)} now={NOW} />);

describe('ContainerGrid', () => {
  it('has in the page what is on the screen, wherever that is, and is as high as all of it', async () => {
    await render(
      <Wide>
        <ContainerGrid containers={library} now={NOW} />
      </Wide>,
    );
    const drawn = items().length;
    expect(drawn).toBeLessThan(60);
    const grid = document.querySelector('[role="grid"]') as HTMLElement;
    const [first, fifth] = [item(0), item(4)].map((each) => (each as HTMLElement).getBoundingClientRect()) as [DOMRect, DOMRect];
    expect(fifth.left).toBe(first.left);
    const rowHeight = fifth.top - first.top;
    expect(grid.offsetHeight).toBeCloseTo(250 * rowHeight - 16, -2);
    await scrollTo(100 * rowHeight);
    await until(() => expect(item(400)).not.toBeNull());
    expect(
      Math.abs((item(400) as HTMLElement).getBoundingClientRect().top - grid.getBoundingClientRect().top - 100 * rowHeight),
    ).toBeLessThan(60);
    expect(items().length).toBeLessThan(60);
    expect(grid.getAttribute('aria-rowcount')).toBe('1000');
  });

  it('scrolls in a pane of the page as it does in the page', async () => {
    await render(
      <section style={{ blockSize: 400, overflowY: 'auto' }} aria-label="Pane">
        <ContainerGrid containers={library} now={NOW} />
      </section>,
    );
    const pane = document.querySelector('section') as HTMLElement;
    pane.scrollTop = 40_000;
    await until(() => {
      const seen = items().filter((each) => each.getBoundingClientRect().top < pane.getBoundingClientRect().bottom);
      expect(Number(seen.at(-1)?.getAttribute('aria-rowindex'))).toBeGreaterThan(100);
    });
    expect(items().length).toBeLessThan(60);
  });

  it('shows two columns on a phone, and one row below the other as a list', async () => {
    const screen = await render(
      <Wide width={358}>
        <ContainerGrid containers={library} now={NOW} />
      </Wide>,
    );
    const columns = () => new Set(items().map((each) => each.getBoundingClientRect().left)).size;
    expect(columns()).toBe(2);
    await screen.rerender(
      <Wide width={358}>
        <ContainerGrid containers={library} now={NOW} variant="list" />
      </Wide>,
    );
    expect(columns()).toBe(1);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(document.documentElement.clientWidth);
  });

  it('keeps what stands at the upper edge there when the number of columns changes', async () => {
    const screen = await render(
      <Wide>
        <ContainerGrid containers={library} now={NOW} />
      </Wide>,
    );
    await scrollTo(30_000);
    await until(() => expect(Number(inView()[0]?.getAttribute('aria-rowindex'))).toBeGreaterThan(200));
    const first = Number(inView()[0]?.getAttribute('aria-rowindex'));
    await screen.rerender(
      <Wide width={400}>
        <ContainerGrid containers={library} now={NOW} />
      </Wide>,
    );
    await until(() => expect(Math.abs(Number(inView()[0]?.getAttribute('aria-rowindex')) - first)).toBeLessThan(8));
  });

  it('keeps elements and identities when rows come in above', async () => {
    const screen = await render(<ContainerGrid containers={library.slice(3, 40)} now={NOW} />);
    const before = item(0) as HTMLElement;
    await screen.rerender(<ContainerGrid containers={library.slice(0, 40)} now={NOW} />);
    expect(item(3)).toBe(before);
  });
});

describe('ContainerGrid by keyboard', () => {
  it('is one stop of the Tab key, then what the active card holds, then what follows', async () => {
    const onOpen = vi.fn();
    await render(
      <Wide>
        <button type="button">Before</button>
        <ContainerGrid containers={library.slice(3, 30)} now={NOW} onOpen={onOpen} selectable />
        <button type="button">After</button>
      </Wide>,
    );
    (document.querySelector('button') as HTMLElement).focus();
    await userEvent.keyboard('{Tab}');
    expect(document.activeElement).toBe(item(0));
    await userEvent.keyboard('{ArrowRight}{ArrowDown}');
    expect(document.activeElement).toBe(item(5));
    await userEvent.keyboard('{Tab}');
    expect(item(5)?.contains(document.activeElement)).toBe(true);
    expect(document.activeElement).not.toBe(item(5));
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement).toBe(item(5));
    await userEvent.keyboard('{Enter}');
    expect(onOpen).toHaveBeenLastCalledWith(idOf(8), expect.objectContaining({ type: 'click' }));
    for (let press = 0; press < 6 && document.activeElement?.textContent !== 'After'; press += 1) await userEvent.keyboard('{Tab}');
    expect(document.activeElement?.textContent).toBe('After');
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
    expect(document.activeElement).toBe(item(5));
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
    expect(document.activeElement?.textContent).toBe('Before');
  });

  it('opens links by Enter as a click does: a router takes it, and with Ctrl it is the browser that does', async () => {
    const onOpen = vi.fn((_id: string, event: { preventDefault: () => void }) => event.preventDefault());
    await render(
      <Wide>
        <ContainerGrid containers={library.slice(3, 30)} now={NOW} href={({ id }) => `#${id}`} onOpen={onOpen} />
      </Wide>,
    );
    item(0)?.focus();
    await userEvent.keyboard('{Enter}');
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(idOf(3), expect.objectContaining({ type: 'click' }));
    expect(location.hash).toBe('');
    const clicks: (readonly [string, boolean, boolean])[] = [];
    const seen = (event: MouseEvent) => {
      clicks.push([(event.target as HTMLAnchorElement).getAttribute('href') ?? '', event.ctrlKey, event.defaultPrevented]);
      // No other tab in a test.
      event.preventDefault();
    };
    window.addEventListener('click', seen);
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    window.removeEventListener('click', seen);
    expect(clicks).toEqual([[`#${idOf(3)}`, true, false]]);
    expect(onOpen).toHaveBeenCalledOnce();
  });

  it('goes to the end and back, over cards that are not in the page', async () => {
    await render(
      <Wide>
        <ContainerGrid containers={library} now={NOW} />
      </Wide>,
    );
    item(0)?.focus();
    await userEvent.keyboard('{Control>}{End}{/Control}');
    await until(() => expect(document.activeElement?.getAttribute('aria-rowindex')).toBe('1000'));
    await until(() => expect((document.activeElement as HTMLElement).getBoundingClientRect().top).toBeLessThan(innerHeight));
    await userEvent.keyboard('{PageUp}');
    const index = Number(document.activeElement?.getAttribute('aria-rowindex'));
    expect(index).toBeGreaterThan(900);
    expect(index).toBeLessThan(1_000);
    await userEvent.keyboard('{Control>}{Home}{/Control}');
    await until(() => expect(document.activeElement).toBe(item(0)));
    await until(() => expect(item(0)?.getBoundingClientRect().top).toBeGreaterThanOrEqual(0));
  });

  it('keeps the focus where it is while the list moves on, and on what takes its place when it goes', async () => {
    const screen = await render(<ContainerGrid containers={library.slice(3, 30)} now={NOW} />);
    item(1)?.focus();
    expect((document.activeElement as HTMLElement).dataset.id).toBe(idOf(4));
    await screen.rerender(<ContainerGrid containers={library.slice(0, 30)} now={NOW} />);
    expect((document.activeElement as HTMLElement).dataset.id).toBe(idOf(4));
    await screen.rerender(<ContainerGrid containers={library.slice(0, 30).filter(({ id }) => id !== idOf(4))} now={NOW} />);
    expect((document.activeElement as HTMLElement).dataset.id).toBe(idOf(5));
  });

  it('leaves the focus alone that is elsewhere when its card goes', async () => {
    const rows = library.slice(0, 10);
    const screen = await render(<ContainerGrid containers={rows} now={NOW} />);
    item(1)?.focus();
    item(1)?.blur();
    await screen.rerender(<ContainerGrid containers={rows.slice(2)} now={NOW} />);
    expect(document.activeElement).toBe(document.body);
  });

  it('a card with the focus stays in the page when it is scrolled out of view', async () => {
    await render(<ContainerGrid containers={library} now={NOW} />);
    item(1)?.focus();
    await scrollTo(20_000);
    await until(() => expect(Number(inView()[0]?.getAttribute('aria-rowindex'))).toBeGreaterThan(50));
    expect((document.activeElement as HTMLElement).dataset.id).toBe(idOf(1));
    expect((document.activeElement as HTMLElement).getBoundingClientRect().bottom).toBeLessThan(0);
    await userEvent.keyboard('{ArrowRight}');
    await until(() => expect(item(2)?.getBoundingClientRect().top).toBeGreaterThanOrEqual(0));
  });
});

describe('ContainerGrid: selection', () => {
  const offered = library.slice(0, 14).filter(({ status, approvalStatus }) => status === 'completed' && approvalStatus === 'pending');

  it('offers what waits for approval, by mouse and by keys, and says what is selected', async () => {
    const onSelectionChange = vi.fn();
    const screen = await render(
      <Wide>
        <ContainerGrid
          containers={library.slice(0, 14)}
          now={NOW}
          selectable
          variant="list"
          renderItem={({ hook }) => <p>{hook}</p>}
          onSelectionChange={onSelectionChange}
          selectionActions={() => <b>Do</b>}
        />
      </Wide>,
    );
    const boxes = [...document.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')];
    expect(boxes).toHaveLength(offered.length);
    await userEvent.click(boxes[0] as Element);
    expect(onSelectionChange).toHaveBeenLastCalledWith([offered[0]?.id]);
    await expect.element(screen.getByText('1 selected')).toBeVisible();
    expect(screen.getByText('Do').query()).not.toBeNull();
    boxes[2]?.closest<HTMLElement>('[role="row"]')?.focus();
    await userEvent.keyboard('{Shift>} {/Shift}');
    expect(onSelectionChange).toHaveBeenLastCalledWith(offered.slice(0, 3).map(({ id }) => id));
    await userEvent.keyboard('{Control>}a{/Control}');
    expect(onSelectionChange).toHaveBeenLastCalledWith(offered.map(({ id }) => id));
    await userEvent.keyboard('{Escape}');
    expect(onSelectionChange).toHaveBeenLastCalledWith([]);
    expect(document.querySelector('[data-part="selection"]')).toBeNull();
  });

  it('lets go of what can no longer be selected', async () => {
    const rows = library.slice(0, 10);
    const selected = [offered[0]?.id as string];
    const screen = await render(<ContainerGrid containers={rows} now={NOW} selectable selectedIds={selected} />);
    await expect.element(screen.getByText('1 selected')).toBeVisible();
    const decided = rows.map((row) => (row.id === selected[0] ? { ...row, approvalStatus: 'approved' as const } : row));
    await screen.rerender(<ContainerGrid containers={decided} now={NOW} selectable selectedIds={selected} />);
    expect(screen.getByText('1 selected').query()).toBeNull();
  });
});

describe('ContainerGrid: more and new', () => {
  it('asks for more before its end is seen, once, and says what came', async () => {
    const onLoadMore = vi.fn();
    const grid = (count: number, isFetchingNextPage = false) => (
      <Wide>
        <ContainerGrid
          containers={library.slice(0, count)}
          now={NOW}
          hasNextPage
          isFetchingNextPage={isFetchingNextPage}
          onLoadMore={onLoadMore}
        />
      </Wide>
    );
    const screen = await render(grid(60));
    expect(onLoadMore).not.toHaveBeenCalled();
    await scrollTo(4_200);
    await until(() => expect(onLoadMore).toHaveBeenCalledTimes(1));
    await screen.rerender(grid(60, true));
    await expect.element(screen.getByRole('button', { name: 'Loading more' })).toBeInTheDocument();
    await screen.rerender(grid(100));
    await expect.element(screen.getByText('40 more, 100 in all')).toBeInTheDocument();
    expect(onLoadMore).toHaveBeenCalledTimes(1);
  });

  it('does not ask again when nothing came, but a person may', async () => {
    const onLoadMore = vi.fn();
    const grid = (isFetchingNextPage: boolean) => (
      <ContainerGrid containers={[]} lookedAt={1_000} hasNextPage isFetchingNextPage={isFetchingNextPage} onLoadMore={onLoadMore} />
    );
    const screen = await render(grid(false));
    await screen.rerender(grid(true));
    await screen.rerender(grid(false));
    expect(onLoadMore.mock.calls.length).toBeLessThanOrEqual(1);
    await expect.element(screen.getByText('None among the 1,000 newest')).toBeVisible();
    const before = onLoadMore.mock.calls.length;
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    expect(onLoadMore).toHaveBeenCalledTimes(before + 1);
  });

  it('loads by a button alone for those who prefer it', async () => {
    const onLoadMore = vi.fn();
    const grid = (loadMore: 'scroll' | 'button') => (
      <ContainerGrid containers={library.slice(0, 4)} hasNextPage loadMore={loadMore} onLoadMore={onLoadMore} />
    );
    const screen = await render(grid('button'));
    await frames();
    expect(onLoadMore).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    expect(onLoadMore).toHaveBeenCalledTimes(1);
    await screen.rerender(grid('scroll'));
    await until(() => expect(onLoadMore).toHaveBeenCalledTimes(2));
  });

  it('shows new ones when asked, at the top and with the focus', async () => {
    function Growing() {
      const [first, setFirst] = useState(3);
      return <ContainerGrid containers={library.slice(first, 200)} now={NOW} newCount={first} onShowNew={() => setFirst(0)} />;
    }
    const screen = await render(
      <StrictMode>
        <Wide>
          <Growing />
        </Wide>
      </StrictMode>,
    );
    await scrollTo(3_000);
    await userEvent.click(screen.getByRole('button', { name: '3 new' }));
    await until(() => expect((document.activeElement as HTMLElement).dataset.id).toBe(idOf(0)));
    await until(() => expect(item(0)?.getBoundingClientRect().top).toBeGreaterThanOrEqual(0));
    expect(screen.getByRole('button', { name: '3 new' }).query()).toBeNull();
  });

  it('shows new ones below what covers the upper edge of the page', async () => {
    function Growing() {
      const [first, setFirst] = useState(3);
      return (
        <ContainerGrid
          style={{ '--layers-sticky-top': '60px' }}
          toolbar="All of it"
          containers={library.slice(first, 200)}
          newCount={first}
          onShowNew={() => setFirst(0)}
        />
      );
    }
    const screen = await render(
      <Wide>
        <header style={{ position: 'sticky', insetBlockStart: 0, blockSize: 60 }}>A partner</header>
        <Growing />
      </Wide>,
    );
    await scrollTo(3_000);
    await userEvent.click(screen.getByRole('button', { name: '3 new' }));
    const bar = screen.container.querySelector('[data-part="bar"]') as HTMLElement;
    await until(() => expect(item(0)?.getBoundingClientRect().top).toBeGreaterThanOrEqual(bar.getBoundingClientRect().bottom));
  });

  it('says how many there are at the end', async () => {
    const screen = await render(<ContainerGrid containers={library.slice(0, 5)} now={NOW} />);
    await expect.element(screen.getByText('5 items')).toBeInTheDocument();
  });
});

describe('ContainerGrid: states', () => {
  const states = {
    loading: <ContainerGrid containers={undefined} />,
    error: <ContainerGrid containers={undefined} error={error} onRetry={() => {}} />,
    empty: <ContainerGrid containers={[]} />,
    ready: (
      <ContainerGrid containers={library.slice(0, 12)} now={NOW} newCount={2} selectable defaultSelectedIds={[idOf(3)]} onOpen={() => {}} />
    ),
  };

  it.for(Object.entries(states))('%s is told by data-state', async ([name, element]) => {
    await render(element);
    expect((document.querySelector('.layers-ContainerGrid') as HTMLElement).dataset.state).toBe(name);
  });

  it.for(THEMES.flatMap((theme) => Object.entries(states).map(([name, element]) => [theme, name, element] as const)))(
    'axe finds nothing: %s, %s',
    async ([theme, , element]) => {
      const screen = await render(<Page theme={theme}>{element}</Page>);
      expect(await findViolations(screen.container)).toEqual([]);
    },
  );

  it('a problem with the next rows stands below those that are there', async () => {
    const onRetry = vi.fn();
    const screen = await render(<ContainerGrid containers={library.slice(0, 4)} now={NOW} hasNextPage error={error} onRetry={onRetry} />);
    expect(items()).toHaveLength(4);
    await expect.element(screen.getByText('More could not be loaded.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(onRetry).toHaveBeenCalledTimes(1);
  });
});

it('moves no card on a phone when there is something new', async () => {
  await page.viewport(390, 844);
  const grid = (newCount: number) => (
    <ContainerGrid containers={library} newCount={newCount} toolbar={<span style={{ inlineSize: '100%' }}>All of it</span>} />
  );
  const screen = await render(grid(0));
  const top = () => item(0)?.getBoundingClientRect().top;
  const before = top();
  await screen.rerender(grid(3));
  await expect.element(screen.getByRole('button', { name: '3 new' })).toBeVisible();
  expect(top()).toBe(before);
  await page.viewport(800, 600);
});

describe('ContainerGrid: the place is found again', () => {
  it('on return, also at another width and with new rows above', async () => {
    const place = () => inView()[0]?.dataset.id;
    const first = await render(
      <Wide>
        <ContainerGrid containers={library.slice(3)} now={NOW} scrollKey="library" />
      </Wide>,
    );
    await scrollTo(20_000);
    await until(() => expect(Number(inView()[0]?.getAttribute('aria-rowindex'))).toBeGreaterThan(100));
    const before = place();
    await first.unmount();
    window.scrollTo(0, 0);
    const second = await render(
      <Wide>
        <ContainerGrid containers={library.slice(3)} now={NOW} scrollKey="library" />
      </Wide>,
    );
    await until(() => expect(place()).toBe(before));
    await second.unmount();
    window.scrollTo(0, 0);
    await render(
      <Wide width={600}>
        <ContainerGrid containers={library} now={NOW} scrollKey="library" />
      </Wide>,
    );
    await until(() => expect(inView().map(({ dataset }) => dataset.id)).toContain(before));
  });

  it('to the pixel, in StrictMode, among rows that are not of one height', async () => {
    const grid = (
      <StrictMode>
        <Wide width={358}>
          <ContainerGrid
            containers={library}
            scrollKey="uneven"
            renderItem={({ hook }, index) => <p style={{ margin: 0, blockSize: index % 7 === 0 ? 320 : 200 }}>{hook}</p>}
          />
        </Wide>
      </StrictMode>
    );
    const top = () => {
      const [first] = inView();
      return { id: first?.dataset.id, top: Math.round(first?.getBoundingClientRect().top ?? Number.NaN) };
    };
    const first = await render(grid);
    for (const y of [2_000, 4_000, 6_000, 9_030]) await scrollTo(y);
    await until(() => expect(Number(inView()[0]?.getAttribute('aria-rowindex'))).toBeGreaterThan(50));
    const before = top();
    await first.unmount();
    window.scrollTo(0, 0);
    await render(grid);
    await until(() => expect(top()).toEqual(before));
  });

  it('not where nothing is remembered', async () => {
    const first = await render(<ContainerGrid containers={library} now={NOW} />);
    await scrollTo(20_000);
    await first.unmount();
    window.scrollTo(0, 0);
    await render(<ContainerGrid containers={library} now={NOW} />);
    await frames(10);
    expect(window.scrollY).toBe(0);
  });
});

describe('ContainerGrid: rows that could not be read', () => {
  const invalid = [
    { index: 3, reason: 'id: expected a string' },
    { index: 17, reason: 'status: missing' },
  ];
  const foot = () => document.querySelector('[data-part="invalid"]') as HTMLElement;

  it('are counted quietly below the others, with the reasons under Details', async () => {
    const screen = await render(<ContainerGrid containers={library.slice(0, 4)} invalid={invalid} now={NOW} />);
    await expect.element(screen.getByText("2 items couldn't be shown")).toBeVisible();
    expect(foot().closest('[role="grid"]')).toBeNull();
    expect(foot().querySelector('[role="alert"]')).toBeNull();
    await expect.element(screen.getByText('status: missing')).not.toBeVisible();
    await screen.getByText('Details').click();
    await expect.element(screen.getByText('status: missing')).toBeVisible();
    expect([...foot().querySelectorAll('dt')].map(({ textContent }) => textContent)).toEqual(['4', '18']);
    expect(await findViolations(screen.container)).toEqual([]);
  });

  it('are counted where no others are, and where nobody knows why', async () => {
    const screen = await render(<ContainerGrid containers={[]} invalid={[{ index: 0, reason: '' }]} now={NOW} />);
    await expect.element(screen.getByText("1 item couldn't be shown")).toBeVisible();
    await expect.element(screen.getByText('Nothing here yet')).toBeVisible();
    expect(foot().querySelector('details')).toBeNull();
  });

  it('are not spoken of where there are none', async () => {
    await render(<ContainerGrid containers={library.slice(0, 4)} now={NOW} />);
    expect(foot()).toBeNull();
  });
});
