import '../../src/styles/index.css';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { ApprovalActions } from '../../src/components/index.js';
import { createWorld, shortLife } from '../support/world.js';
import { containers } from './support.js';

afterEach(cleanup);

const never = () => new Promise<void>(() => {});
const pending = containers.toApprove;
const regenerating = { ...pending, status: 'processing' } as const;
const approved = { ...pending, approvalStatus: 'approved', rawApprovalStatus: 'approved' } as const;
const root = () => document.querySelector('.layers-ApprovalActions') as HTMLElement;

describe('a rejection that was begun', () => {
  it.for([
    ['somebody else decided first', [approved, regenerating]],
    ['nobody decided', [regenerating]],
  ] as const)('is forgotten when the container is regenerated and %s', async ([, versions]) => {
    const draw = (container: typeof pending) => <ApprovalActions container={container} onApprove={never} onReject={never} />;
    const screen = await render(draw(pending));
    await screen.getByRole('button', { name: 'Reject' }).click();
    await screen.getByRole('textbox').fill('Off brand');
    for (const version of versions) await screen.rerender(draw(version));
    await screen.rerender(draw(pending));
    expect(root().dataset.state).toBe('pending');
    expect(document.querySelector('dialog:modal')).toBeNull();
    await screen.getByRole('button', { name: 'Reject' }).click();
    await expect.element(screen.getByRole('textbox')).toHaveValue('');
  });
});

it('a note is not sent again with the approval of a regeneration', async () => {
  const onApprove = vi.fn(async () => {});
  const draw = (container: typeof pending) => <ApprovalActions container={container} onApprove={onApprove} onReject={never} />;
  const screen = await render(draw(pending));
  await screen.getByRole('button', { name: 'Add a note' }).click();
  await screen.getByRole('textbox').fill('Great');
  await screen.getByRole('button', { name: 'Approve' }).click();
  await expect.poll(() => root().dataset.state).toBe('approved');
  await screen.rerender(draw(approved));
  await screen.rerender(draw(regenerating));
  await screen.rerender(draw(pending));
  await expect.element(screen.getByRole('textbox')).not.toBeInTheDocument();
  await screen.getByRole('button', { name: 'Approve' }).click();
  await expect.poll(() => onApprove.mock.calls).toEqual([[{ note: 'Great' }], [{}]]);
});

describe('what the handlers of a host did', () => {
  it.for([
    ['took', 'approved', async () => {}],
    ['refused', 'failed', () => Promise.reject(new Error('No.'))],
  ] as const)('and %s says nothing of a regeneration, also where the data never showed it', async ([, outcome, onApprove]) => {
    const draw = (container: typeof pending) => <ApprovalActions container={container} onApprove={onApprove} onReject={never} />;
    const screen = await render(draw(pending));
    await screen.getByRole('button', { name: 'Approve' }).click();
    await expect.poll(() => root().dataset.state).toBe(outcome);
    await screen.rerender(draw(regenerating));
    expect(root().dataset.state).toBe('waiting');
    await screen.rerender(draw(pending));
    expect(root().dataset.state).toBe('pending');
  });
});

describe('what came of a decision through a provider says nothing of a regeneration', () => {
  /** A container that waits for approval, and what makes another version of it that does. */
  async function reviewed() {
    const world = createWorld();
    const id = world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending', generation: shortLife(4_000) });
    const screen = await render(<ApprovalActions containerId={id} />, { wrapper: world.wrapper });
    await expect.poll(() => root()?.dataset.state).toBe('pending');
    const regenerate = async () => {
      await world.client.regenerate(id);
      await expect.poll(() => root()?.dataset.state).toBe('waiting');
      world.simulator.finish(id);
    };
    return { world, id, screen, regenerate };
  }

  it('a failure is not shown with it', async () => {
    const { world, screen, regenerate } = await reviewed();
    world.simulator.setFaults([{ kind: 'status', status: 500, match: /approve/, times: 1 }]);
    await screen.getByRole('button', { name: 'Approve' }).click();
    await expect.poll(() => root().dataset.state).toBe('failed');
    await regenerate();
    await expect.poll(() => root().dataset.state).not.toBe('waiting');
    expect(root().dataset.state).toBe('pending');
    expect(root().querySelector('[data-part="message"]')).toBeNull();
  });

  it('a reason is not shown where somebody else rejects it', async () => {
    const { world, id, screen, regenerate } = await reviewed();
    await screen.getByRole('button', { name: 'Reject' }).click();
    await screen.getByRole('textbox').fill('Off brand');
    await screen.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
    await expect.poll(() => root().textContent).toContain('Reason: Off brand');
    await regenerate();
    await expect.poll(() => root().dataset.state).toBe('pending');
    world.simulator.decide(id, 'rejected');
    void world.queryClient.refetchQueries();
    await expect.poll(() => root().dataset.state).toBe('rejected');
    expect(root().textContent).not.toContain('Off brand');
  });

  it('and how the next decision comes out is shown', async () => {
    const { world, screen, regenerate } = await reviewed();
    await regenerate();
    await expect.poll(() => root().dataset.state).toBe('pending');
    world.simulator.setFaults([{ kind: 'status', status: 500, match: /approve/, times: 1 }]);
    await screen.getByRole('button', { name: 'Approve' }).click();
    await expect.poll(() => root().dataset.state).toBe('failed');
    expect(root().querySelector('[data-part="message"]')).not.toBeNull();
  });
});
