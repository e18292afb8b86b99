import '../../src/styles/index.css';
import { afterEach, expect, it } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { midway, plan } from '../../stories/support/progress.js';
import { ProgressBar } from '../../src/index.js';

afterEach(cleanup);

it.each(['failed', 'canceled'] as const)('the list of stages says of no stage that a %s job is at it', async (status) => {
  const over = { ...midway, status, rawStatus: status, isTerminal: true };
  const screen = await render(<ProgressBar progress={over} stages={plan} />);
  const items = screen.getByRole('list', { name: 'Stages' }).getByRole('listitem').elements();
  expect(items.map((item) => [item.textContent, item.ariaCurrent])).toEqual([
    ['Writing script, done', null],
    ['Generating visuals', null],
    ['Adding voice, to come', null],
    ['Finishing touches, to come', null],
  ]);
});
