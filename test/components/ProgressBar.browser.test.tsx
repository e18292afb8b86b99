import '../../src/styles/index.css';
import { StrictMode } from 'react';
import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { lastError, progress, progressOf } from '../../stories/support/progress.js';
import { ProgressBar } from '../../src/components/index.js';
import { LayersError } from '../../src/model/errors.js';
import { MessagesContext } from '../../src/provider/MessagesContext.js';
import { englishMessages } from '../../src/components/messages.js';
import { describeConformance } from './describeConformance.js';
import { findViolations, Page, THEMES } from './support.js';

const gone = new LayersError({ code: 'NOT_FOUND', status: 404, message: 'This content does not exist any more.', requestId: 'req_1' });

describeConformance('ProgressBar', <ProgressBar progress={progress.running} />);

describe('ProgressBar in words and attributes', () => {
  it('goes through the life of a container', async () => {
    const screen = await render(<ProgressBar progress={null} />);
    const root = screen.container.firstElementChild as HTMLElement;
    const bar = screen.getByRole('progressbar', { name: 'Progress' });
    const seen: unknown[] = [];
    const look = () =>
      seen.push([
        root.dataset.state,
        root.innerText.replace(/\s+/g, ' '),
        bar.element().getAttribute('aria-valuenow'),
        bar.element().ariaValueText,
      ]);

    look();
    await screen.rerender(<ProgressBar progress={progress.queued} />);
    look();
    await screen.rerender(<ProgressBar progress={progress.indeterminate} />);
    look();
    await screen.rerender(<ProgressBar progress={progress.running} />);
    look();
    await screen.rerender(<ProgressBar progress={progress.finishing} />);
    look();
    await screen.rerender(<ProgressBar progress={progress.completed} />);
    look();

    expect(seen).toEqual([
      ['indeterminate', 'Checking progress', null, null],
      ['queued', 'Waiting to start', null, 'Waiting to start'],
      ['indeterminate', 'Generating visuals', null, 'Generating visuals'],
      ['running', 'Generating visuals 42% · about 2 min', '42', 'Generating visuals, 42%, about 2 minutes'],
      ['running', 'Finishing touches 99% · a few seconds', '99', 'Finishing touches, 99%, a few seconds'],
      ['completed', 'Ready', '100', 'Ready'],
    ]);
  });

  it('has no range while there is no number', async () => {
    const screen = await render(<ProgressBar progress={progress.indeterminate} />);
    const bar = screen.getByRole('progressbar').element();
    for (const name of ['aria-valuemin', 'aria-valuemax', 'aria-valuenow']) expect(bar.hasAttribute(name)).toBe(false);
    expect(screen.container.querySelector('[data-value]')).toBeNull();
  });

  it.for([
    ['not a number', Number.NaN, null],
    ['infinite', Number.POSITIVE_INFINITY, null],
    ['under the range', -20, '0'],
    ['over the range', 140, '99'],
    ['almost there', 99.99, '99'],
  ] as const)('is safe with a share that is %s', async ([, percent, now]) => {
    const screen = await render(<ProgressBar progress={progressOf({ percent, remainingSeconds: Number.NaN })} />);
    expect(screen.getByRole('progressbar').element().getAttribute('aria-valuenow')).toBe(now);
    expect(screen.container.textContent).not.toContain('NaN');
  });

  it('puts the state on every part', async () => {
    const screen = await render(<ProgressBar progress={progress.running} />);
    for (const part of ['words', 'track', 'fill']) {
      expect(screen.container.querySelector<HTMLElement>(`[data-part="${part}"]`)?.dataset.state).toBe('running');
    }
  });

  it('words a stage by the caller, by the catalogue, or from its own name', async () => {
    const at = (stage: string) => progressOf({ stage, percent: 10, remainingSeconds: null });
    const screen = await render(<ProgressBar progress={at('finalizing')} stageLabels={{ finalizing: 'Polishing' }} />);
    await expect.element(screen.getByText('Polishing')).toBeVisible();
    await screen.rerender(<ProgressBar progress={at('finalizing')} />);
    await expect.element(screen.getByText('Finishing touches')).toBeVisible();
    await screen.rerender(<ProgressBar progress={at('matching_beat-to_cuts')} stageLabels={{}} />);
    await expect.element(screen.getByText('Matching beat to cuts')).toBeVisible();
    await screen.rerender(<ProgressBar progress={at('constructor')} stageLabels={{}} />);
    await expect.element(screen.getByText('Constructor')).toBeVisible();
  });

  it('takes its words and numbers from the provider', async () => {
    const messages = { ...englishMessages, stage: () => 'Bilder entstehen', remaining: () => 'rund 2 Min.' };
    const screen = await render(
      <MessagesContext.Provider value={{ locale: 'de', messages }}>
        <ProgressBar progress={progress.running} />
      </MessagesContext.Provider>,
    );
    await expect.element(screen.getByText('Bilder entstehen')).toBeVisible();
    await expect.element(screen.getByText('42 % · rund 2 Min.')).toBeVisible();
  });

  it('takes its name from label, aria-label or aria-labelledby', async () => {
    const screen = await render(<ProgressBar progress={progress.running} label="Video for Monday" />);
    await expect.element(screen.getByRole('progressbar', { name: 'Video for Monday' })).toBeVisible();
    await screen.rerender(<ProgressBar progress={progress.running} aria-label="Video for Tuesday" />);
    await expect.element(screen.getByRole('progressbar', { name: 'Video for Tuesday' })).toBeVisible();
    await screen.rerender(
      <>
        <h2 id="name">Video for Friday</h2>
        <ProgressBar progress={progress.running} aria-labelledby="name" />
      </>,
    );
    await expect.element(screen.getByRole('progressbar', { name: 'Video for Friday' })).toBeVisible();
  });
});

describe('ProgressBar when something went wrong', () => {
  it('says why it failed, and keeps the code under Details', async () => {
    const screen = await render(<ProgressBar progress={progress.failed} lastError={lastError} />);
    await expect.element(screen.getByText('Could not be made')).toBeVisible();
    await expect.element(screen.getByText(lastError.message)).toBeVisible();
    await expect.element(screen.getByText(lastError.code)).not.toBeVisible();
    await screen.getByText('Details').click();
    await expect.element(screen.getByText(lastError.code)).toBeVisible();
    await expect.element(screen.getByText(progress.failed.containerId)).toBeVisible();
  });

  it('keeps the last progress when a reading fails, and says that updates are late', async () => {
    const screen = await render(<ProgressBar progress={progress.running} error={gone} />);
    const root = screen.container.firstElementChild as HTMLElement;
    expect(root.dataset.state).toBe('running');
    expect(root.dataset.late).toBe('');
    await expect.element(screen.getByText('42% · updates are late')).toBeVisible();
    expect(root.textContent).not.toContain(gone.message);
  });

  it('shows the error and its request where nothing was ever read', async () => {
    const screen = await render(<ProgressBar progress={null} error={gone} />);
    expect((screen.container.firstElementChild as HTMLElement).dataset.state).toBe('error');
    await expect.element(screen.getByText(gone.message)).toBeVisible();
    await expect.element(screen.getByText('req_1')).not.toBeVisible();
    await screen.getByText('Details').click();
    await expect.element(screen.getByText('req_1')).toBeVisible();
  });

  it('forgets a failed reading once the container has ended', async () => {
    const screen = await render(<ProgressBar progress={progress.completed} error={gone} />);
    expect((screen.container.firstElementChild as HTMLElement).dataset.late).toBeUndefined();
    await expect.element(screen.getByText('Ready')).toBeVisible();
  });
});

describe('the fill', () => {
  const shareOf = (container: Element) => {
    const fill = container.querySelector('[data-part="fill"]');
    if (!fill) throw new Error('There is no fill.');
    return new DOMMatrix(getComputedStyle(fill).transform).a;
  };

  it('is where the progress is when it is first seen, without sliding there', async () => {
    const screen = await render(<ProgressBar progress={progress.running} />);
    expect(shareOf(screen.container)).toBeCloseTo(0.42, 5);
  });

  it('moves on by itself after a reading, and never back', async () => {
    const screen = await render(
      <StrictMode>
        <ProgressBar progress={progressOf({ percent: 40, percentPerSecond: 5 })} />
      </StrictMode>,
    );
    await screen.rerender(
      <StrictMode>
        <ProgressBar progress={progressOf({ percent: 41, percentPerSecond: 5 })} />
      </StrictMode>,
    );
    await expect.poll(() => shareOf(screen.container)).toBeGreaterThan(0.42);
    const before = shareOf(screen.container);
    await screen.rerender(
      <StrictMode>
        <ProgressBar progress={progressOf({ percent: 41.5, percentPerSecond: 0 })} />
      </StrictMode>,
    );
    expect(shareOf(screen.container)).toBeGreaterThanOrEqual(before - 0.001);
  });

  it('goes to the end when completed', async () => {
    const screen = await render(<ProgressBar progress={progress.running} />);
    await screen.rerender(<ProgressBar progress={progress.completed} />);
    await expect.poll(() => shareOf(screen.container)).toBe(1);
  });

  it('grows from the right in a page that is written from the right', async () => {
    const screen = await render(
      <div dir="rtl" style={{ inlineSize: 200 }}>
        <ProgressBar progress={progressOf({ percent: 50 })} />
      </div>,
    );
    const track = screen.getByRole('progressbar').element().getBoundingClientRect();
    const fill = screen.container.querySelector('[data-part="fill"]')?.getBoundingClientRect();
    expect(fill?.left).toBeCloseTo(track.left + track.width / 2, 0);
  });
});

describe.for(THEMES)('ProgressBar in the %s theme', (theme) => {
  it.for(Object.entries(progress))('has no accessibility violation when %s', async ([, value]) => {
    const screen = await render(
      <Page theme={theme}>
        <ProgressBar progress={value} lastError={value.status === 'failed' ? lastError : null} />
      </Page>,
    );
    expect(await findViolations(screen.container)).toEqual([]);
  });

  it('has none when nothing can be read', async () => {
    const screen = await render(
      <Page theme={theme}>
        <ProgressBar progress={null} error={gone} />
      </Page>,
    );
    expect(await findViolations(screen.container)).toEqual([]);
  });
});
