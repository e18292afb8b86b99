import '../../src/styles/index.css';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { ProgressBar, StatusBadge } from '../../src/components/index.js';
import { progress } from '../../stories/support/progress.js';

const indeterminate = { ...progress.running, percent: null, percentPerSecond: null };
const page = (count: number) => (
  <>
    {[...Array(count).keys()].map((at) => (
      <div key={at}>
        <ProgressBar progress={progress.running} />
        <ProgressBar progress={indeterminate} />
        <ProgressBar progress={progress.queued} />
        <StatusBadge status="processing" />
      </div>
    ))}
  </>
);
const endless = () =>
  document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations === Number.POSITIVE_INFINITY) as CSSAnimation[];
const frame = () => new Promise(requestAnimationFrame);
/** An animation begins in one frame and is told of in a later one, and a busy machine draws few. */
const APART_MS = 300;

it('the endless animations of a page end their rounds together, however far apart they began', async () => {
  const screen = await render(page(1));
  for (let count = 2; count <= 5; count += 1) {
    const until = performance.now() + 370;
    while (performance.now() < until) await frame();
    await screen.rerender(page(count));
  }
  const ends = () => {
    const rounds = new Map<string, number[]>();
    for (const { animationName, effect } of endless()) {
      const { progress, duration, currentIteration } = effect?.getComputedTiming() ?? {};
      const isBack = (currentIteration ?? 0) % 2 === 1 && animationName !== 'layers-light' && animationName !== 'layers-turn';
      const at = (isBack ? 2 - (progress ?? 0) : (progress ?? 0)) * Number(duration);
      rounds.set(animationName, [...(rounds.get(animationName) ?? []), at]);
    }
    return Object.fromEntries([...rounds].map(([name, places]) => [name, Math.max(...places) - Math.min(...places) < APART_MS]));
  };
  await expect.poll(ends).toEqual({ 'layers-light': true, 'layers-search': true, 'layers-turn': true, 'layers-wait': true });
});

it('a bar that is late stands still, and stays so', async () => {
  const late = { state: 'offline', reason: 'network' } as const;
  await render(<ProgressBar progress={indeterminate} freshness={late} />);
  await frame();
  await frame();
  expect(endless().map(({ playState }) => playState)).toEqual(['paused']);
});
