import '../../src/styles/index.css';
import React, { type ComponentType, type ReactNode, StrictMode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { ApprovalActions, ContainerCard } from '../../src/components/index.js';
import { createWorld } from '../support/world.js';
import { containers } from './support.js';

// React 18 has none.
const { Activity } = React as unknown as { Activity?: ComponentType<{ mode: 'hidden' | 'visible'; children: ReactNode }> };

afterEach(cleanup);

const never = () => new Promise<void>(() => {});
const actions = () => document.querySelector('.layers-ApprovalActions') as HTMLElement;

describe('the focus stays with a decision that somebody else takes', () => {
  it.for([
    ['on a button', []],
    ['in the note', ['Add a note']],
    ['in the dialog', ['Reject']],
  ] as const)('while it is %s', async ([, presses]) => {
    const world = createWorld();
    const id = world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const onFocus = vi.fn();
    const screen = await render(
      <StrictMode>
        <ApprovalActions containerId={id} onFocus={onFocus} />
      </StrictMode>,
      { wrapper: world.wrapper },
    );
    await expect.element(screen.getByRole('button', { name: 'Approve' })).toBeVisible();
    (screen.getByRole('button', { name: 'Approve' }).element() as HTMLElement).focus();
    for (const name of presses) await screen.getByRole('button', { name }).click();
    expect(actions().contains(document.activeElement)).toBe(true);
    world.simulator.decide(id, 'approved');
    void world.queryClient.refetchQueries();
    await expect.poll(() => actions().dataset.state).toBe('approved');
    await expect.poll(() => document.activeElement).toBe(actions());
    expect(onFocus).toHaveBeenCalled();
  });
});

it('a card keeps the focus of whoever tries again, until what was read has it', async () => {
  const world = createWorld({ faults: [{ kind: 'status', status: 404, match: /GET/, times: 1 }] });
  const id = world.simulator.addContainer({ state: 'completed', hook: 'Back again' });
  const screen = await render(<ContainerCard containerId={id} />, { wrapper: world.wrapper });
  const retry = screen.getByRole('button', { name: 'Try again' });
  await expect.element(retry).toBeVisible();
  (retry.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  const card = screen.getByRole('article', { name: 'Back again' });
  await expect.element(card).toBeVisible();
  await expect.element(card).toHaveFocus();
});

it.runIf(Activity)('a page that is shown again leaves the focus where it is, also with a note that was begun', async () => {
  const Route = Activity as NonNullable<typeof Activity>;
  const page = (mode: 'hidden' | 'visible') => (
    <>
      <button type="button">Elsewhere</button>
      <Route mode={mode}>
        <ApprovalActions container={containers.toApprove} onApprove={never} onReject={never} />
      </Route>
    </>
  );
  const screen = await render(page('visible'));
  await screen.getByRole('button', { name: 'Add a note' }).click();
  await expect.element(screen.getByRole('textbox')).toHaveFocus();
  const elsewhere = screen.getByRole('button', { name: 'Elsewhere' });
  await elsewhere.click();
  await screen.rerender(page('hidden'));
  await screen.rerender(page('visible'));
  await expect.element(screen.getByRole('textbox')).toBeVisible();
  await expect.element(elsewhere).toHaveFocus();
});
