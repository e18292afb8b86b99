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

it('the endless animations of a page end their rounds together, however far apart they began', async () => {
  const screen = await render(page(1));
  for (let count = 2; count <= 5; count += 1) {
    for (let frames = 0; frames < 3; frames += 1) await frame();
    await screen.rerender(page(count));
  }
  await expect.poll(() => new Set(endless().map(({ startTime }) => startTime)).size).toBe(1);
  const rounds = new Map<string, Set<unknown>>();
  for (const { animationName, effect } of endless())
    rounds.set(animationName, (rounds.get(animationName) ?? new Set()).add(effect?.getComputedTiming().progress));
  expect(Object.fromEntries([...rounds].map(([name, places]) => [name, places.size]))).toEqual({
    'layers-light': 1,
    'layers-search': 1,
    'layers-turn': 1,
    'layers-wait': 1,
  });
});

it('a bar that is late stands still, and stays so', async () => {
  const late = { state: 'offline', reason: 'network' } as const;
  await render(<ProgressBar progress={indeterminate} freshness={late} />);
  await frame();
  await frame();
  expect(endless().map(({ playState }) => playState)).toEqual(['paused']);
});
