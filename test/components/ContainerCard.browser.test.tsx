import '../../src/styles/index.css';
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { NOW } from '../../stories/support/containers.js';
import { lastError, progress } from '../../stories/support/progress.js';
import { ContainerCard } from '../../src/components/index.js';
import { describeConformance } from './describeConformance.js';
import { containers, findViolations, Page, THEMES } from './support.js';

const cardOf = (container: Element) => container.querySelector('.layers-ContainerCard') as HTMLElement;

describeConformance('ContainerCard', <ContainerCard container={containers.toApprove} now={NOW} />);

describe('ContainerCard', () => {
  it('is an article named by its hook, whose line breaks are spaces', async () => {
    const screen = await render(<ContainerCard container={containers.approved} now={NOW} />);
    const card = screen.getByRole('article', { name: '3 plants that forgive you' }).element();
    const title = card.querySelector('[data-part="title"]') as HTMLElement;
    expect(title.textContent).toBe('3 plants that forgive you');
    expect(title.clientHeight).toBeGreaterThan(30);
  });

  it('has the name that the host gives it', async () => {
    const screen = await render(<ContainerCard container={containers.approved} now={NOW} aria-label="First of the week" />);
    await expect.element(screen.getByRole('article', { name: 'First of the week' })).toBeVisible();
  });

  it.for(['card', 'row'] as const)('says that there is no media, once that is known: %s', async (layout) => {
    const withoutMedia = { ...containers.toApprove, preview: null };
    const screen = await render(<ContainerCard container={withoutMedia} layout={layout} now={NOW} />);
    await expect.element(screen.getByText('No preview', { exact: true })).toBeVisible();
    await screen.rerender(<ContainerCard container={{ ...withoutMedia, isPartial: true } as never} layout={layout} now={NOW} />);
    expect(screen.getByText('No preview', { exact: true }).query()).toBeNull();
  });

  it('clamps a long hook to two lines', async () => {
    const screen = await render(
      <div style={{ inlineSize: 180 }}>
        <ContainerCard container={containers.withoutMedia} now={NOW} />
      </div>,
    );
    const title = screen.container.querySelector('[data-part="title"]') as HTMLElement;
    expect(title.scrollHeight).toBeGreaterThan(title.clientHeight);
    expect(title.clientHeight).toBeLessThan(48);
  });

  it.for([
    ['queued', ['Waiting']],
    ['processing', ['Making']],
    ['toApprove', ['To approve']],
    ['approved', ['Approved']],
    ['ready', ['Ready']],
    ['failed', ['Not made']],
    ['canceled', ['Stopped']],
    ['unknown', ['Unknown']],
  ] as const)('wears the badges of %s', async ([name, words]) => {
    const screen = await render(<ContainerCard container={containers[name]} now={NOW} />);
    const badges = screen.container.querySelectorAll('[data-part="badges"] > *');
    expect([...badges].map((badge) => badge.textContent)).toEqual(words);
    expect(cardOf(screen.container).dataset.state).toBe(containers[name].status);
    expect(cardOf(screen.container).dataset.approval).toBe(containers[name].approvalStatus);
  });

  it('holds the progress where the media will be, and nothing moves when it arrives', async () => {
    const screen = await render(<ContainerCard container={containers.processing} progress={progress.running} now={NOW} />);
    await expect.element(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '42');
    const card = cardOf(screen.container);
    const frame = card.querySelector('[data-part="frame"]')?.getBoundingClientRect();
    const { height } = card.getBoundingClientRect();
    expect(card.dataset.revealed).toBeUndefined();

    await screen.rerender(<ContainerCard container={{ ...containers.toApprove, id: containers.processing.id }} now={NOW} />);
    expect(cardOf(screen.container)).toBe(card);
    expect(card.dataset.revealed).toBe('');
    expect(card.querySelector('[data-part="frame"]')?.getBoundingClientRect()).toEqual(frame);
    expect(card.getBoundingClientRect().height).toBe(height);
    await expect.element(screen.getByRole('button', { name: /Play video/ })).toBeVisible();
  });

  it('does not fade in what was there from the start', async () => {
    const screen = await render(<ContainerCard container={containers.toApprove} now={NOW} />);
    expect(cardOf(screen.container).dataset.revealed).toBeUndefined();
  });

  it('says why it failed', async () => {
    const screen = await render(<ContainerCard container={containers.failed} now={NOW} />);
    await expect.element(screen.getByText('Could not be made')).toBeVisible();
    await expect.element(screen.getByText(lastError.message)).toBeVisible();
  });

  it('tells the status of a list row that has no progress', async () => {
    const screen = await render(<ContainerCard container={containers.queued} now={NOW} />);
    await expect.element(screen.getByRole('progressbar')).toHaveAttribute('aria-valuetext', 'Waiting to start');
  });

  it('does not wait to start where its progress names a stage', async () => {
    const screen = await render(<ContainerCard container={containers.queued} progress={progress.running} />);
    await expect.element(screen.getByText('Making')).toBeVisible();
    expect(cardOf(screen.container).dataset.state).toBe('processing');
  });

  it('opens by a link', async () => {
    const onOpen = vi.fn();
    const screen = await render(<ContainerCard container={containers.toApprove} href="#opened" onOpen={onOpen} now={NOW} />);
    const link = screen.getByRole('link', { name: /Your first/ });
    await expect.element(link).toHaveAttribute('href', '#opened');
    await link.click();
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(containers.toApprove.id, expect.objectContaining({ type: 'click' }));
    expect(location.hash).toBe('#opened');
    history.replaceState(null, '', location.pathname + location.search);
  });

  it('leaves a link to a router that prevents the click', async () => {
    const onOpen = vi.fn((_id: string, event: { preventDefault: () => void }) => event.preventDefault());
    const screen = await render(<ContainerCard container={containers.toApprove} href="#opened" onOpen={onOpen} now={NOW} />);
    await screen.getByRole('link', { name: /Your first/ }).click();
    expect(onOpen).toHaveBeenCalledOnce();
    expect(location.hash).toBe('');
  });

  it.each(['Control', 'Shift', 'Meta', 'Alt'] as const)('leaves a click with %s held to the browser', async (modifier) => {
    const onOpen = vi.fn();
    const clicks: MouseEvent[] = [];
    const screen = await render(<ContainerCard container={containers.toApprove} href="#opened" onOpen={onOpen} now={NOW} />);
    const seen = (event: MouseEvent) => {
      clicks.push(event);
      expect(event.defaultPrevented).toBe(false);
      // No other tab in a test.
      event.preventDefault();
    };
    window.addEventListener('click', seen);
    await screen.getByRole('link', { name: /Your first/ }).click({ modifiers: [modifier] });
    window.removeEventListener('click', seen);
    expect(clicks).toHaveLength(1);
    expect(onOpen).not.toHaveBeenCalled();
  });

  it('opens by a button, also when the row under the title is hit', async () => {
    const onOpen = vi.fn();
    const screen = await render(<ContainerCard container={containers.toApprove} onOpen={onOpen} now={NOW} />);
    await screen.getByRole('button', { name: 'Your first 30 days of running', exact: true }).click();
    const badge = screen.container.querySelector('.layers-ApprovalBadge');
    if (!badge) throw new Error('There is no badge.');
    badge.scrollIntoView();
    const { left, top } = badge.getBoundingClientRect();
    const hit = document.elementFromPoint(left + 4, top + 4);
    expect(hit?.closest('[data-part="open"]')).not.toBeNull();
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(containers.toApprove.id, expect.objectContaining({ type: 'click' }));
  });

  it.for([
    ['2026-11-22T09:59:40Z', 'now'],
    ['2026-11-22T09:56:00Z', '4m ago'],
    ['2026-11-22T07:00:00Z', '3h ago'],
    ['2026-11-21T09:00:00Z', 'yesterday'],
    ['2026-11-19T09:00:00Z', '3d ago'],
    ['2026-11-02T09:00:00Z', 'Nov 2'],
    ['2025-12-31T09:00:00Z', 'Dec 31, 2025'],
    ['2026-11-22T10:05:00Z', 'now'],
  ] as const)('tells %s as %s', async ([createdAt, words]) => {
    const screen = await render(<ContainerCard container={{ ...containers.toApprove, createdAt }} now={NOW} />);
    await expect.element(screen.getByText(words, { exact: true })).toHaveAttribute('datetime', createdAt);
  });

  it('leaves out a time that is none', async () => {
    const screen = await render(<ContainerCard container={{ ...containers.toApprove, createdAt: 'soon' }} />);
    expect(screen.container.querySelector('time')).toBeNull();
  });

  it('tells the time of day by itself once the page is live', async () => {
    const createdAt = new Date(Date.now() - 5 * 60_000).toISOString();
    const screen = await render(<ContainerCard container={{ ...containers.toApprove, createdAt }} />);
    await expect.element(screen.getByText('5m ago')).toBeVisible();
  });

  it('holds its place before the container has come', async () => {
    const screen = await render(
      <div style={{ inlineSize: 200 }}>
        <ContainerCard container={null} />
      </div>,
    );
    const card = screen.getByRole('article', { name: 'Loading' }).element();
    expect(card.getAttribute('aria-busy')).toBe('true');
    const { height } = card.getBoundingClientRect();
    await screen.rerender(
      <div style={{ inlineSize: 200 }}>
        <ContainerCard container={containers.ready} now={NOW} />
      </div>,
    );
    expect(screen.getByRole('article').element().getBoundingClientRect().height).toBeCloseTo(height, 0);
  });
});

describe.for(THEMES)('ContainerCard in the %s theme', (theme) => {
  it.for(Object.entries(containers))('has no accessibility violation when %s', async ([, container]) => {
    const screen = await render(
      <Page theme={theme}>
        <ContainerCard container={container} progress={progress.running} now={NOW} href="#open" />
      </Page>,
    );
    expect(await findViolations(screen.container)).toEqual([]);
  });

  it('has none while loading', async () => {
    const screen = await render(
      <Page theme={theme}>
        <ContainerCard container={null} />
      </Page>,
    );
    expect(await findViolations(screen.container)).toEqual([]);
  });
});
