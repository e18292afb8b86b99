import '../../src/styles/index.css';
import { StrictMode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { ApprovalActions, type ApprovalActionsProps, ApprovalBadge, ContainerCard } from '../../src/components/index.js';
import { useContainerList } from '../../src/hooks/useContainerList.js';
import { LayersError } from '../../src/model/errors.js';
import { createWorld, type World } from '../support/world.js';
import { describeConformance } from './describeConformance.js';
import { containers, findViolations, Page, THEMES } from './support.js';

afterEach(cleanup);

const never = () => new Promise<void>(() => {});
const pending = containers.toApprove;
const waiting = { state: 'completed', approvalStatus: 'pending', hook: 'POV: it works' } as const;
const posts = (world: World) =>
  world.simulator.requests.filter(({ method }) => method === 'POST').map(({ path }) => path.split('/').at(-1));
const refusal = (code: string, status: number | null = null) => new LayersError({ code, status, message: 'x', requestId: 'req_1' });
const voice = () => document.querySelector('[data-layers-live]')?.textContent ?? '';

describeConformance('ApprovalActions', <ApprovalActions container={pending} onApprove={never} onReject={never} />);

/** One container on a simulated API, with its badge beside it. */
async function reviewed(world: World, id = world.simulator.addContainer(waiting)) {
  const screen = await render(
    <StrictMode>
      <ApprovalActions containerId={id} />
      <p data-testid="badge">
        <ApprovalBadge containerId={id} />
      </p>
    </StrictMode>,
    { wrapper: world.wrapper },
  );
  const state = () => (screen.container.querySelector('.layers-ApprovalActions') as HTMLElement | null)?.dataset.state;
  /** What is on the screen of it, and not what the page's voice says of it. */
  const group = screen.getByRole('group', { name: 'Your decision' });
  return { id, screen, group, state, root: () => screen.container.querySelector('.layers-ApprovalActions') as HTMLElement };
}

it('rejects in a frame that may not send forms, and sends no form of its host', async () => {
  const onReject = vi.fn(never);
  const onSubmit = vi.fn((event: { preventDefault: () => void }) => event.preventDefault());
  const screen = await render(
    <form onSubmit={onSubmit}>
      <ApprovalActions container={pending} onApprove={never} onReject={onReject} />
    </form>,
  );
  await screen.getByRole('button', { name: 'Reject' }).click();
  await screen.getByRole('dialog').getByRole('textbox').fill('Wrong product');
  await screen.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
  expect(onReject).toHaveBeenCalledWith({ reason: 'Wrong product' });
  expect(onSubmit).not.toHaveBeenCalled();
  // Only what is sent as a form can be forbidden.
  expect(screen.container.querySelectorAll('form')).toHaveLength(1);
});

it('lets a host draw its buttons, which do nothing while nothing can be decided', async () => {
  const clicks: (string | undefined)[] = [];
  const onApprove = vi.fn(never);
  const parts: ApprovalActionsProps['parts'] = {
    approve: ({ state, onClick }) => {
      clicks.push(`${state} ${typeof onClick}`);
      return <button onClick={onClick}>Publish</button>;
    },
    reject: ({ onClick }) => <button onClick={onClick}>Send back</button>,
    note: () => null,
  };
  const screen = await render(<ApprovalActions container={pending} onApprove={onApprove} onReject={never} parts={parts} />);
  await screen.getByRole('button', { name: 'Send back' }).click();
  await expect.element(screen.getByRole('dialog')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await screen.getByRole('button', { name: 'Publish' }).click();
  expect(onApprove).toHaveBeenCalledOnce();
  await expect.poll(() => clicks.at(-1)).toBe('deciding undefined');
  expect(screen.container.querySelectorAll('button')).toHaveLength(2);
});

describe('approving', () => {
  it('shows at once beside it, keeps the buttons until the answer, and then says what holds', async () => {
    let answer = () => {};
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const world: World = createWorld(
      {},
      {
        fetch: async (input, init) => {
          if (init.method === 'POST') await answered;
          return world.simulator.fetch(input, init);
        },
      },
    );
    const { screen, state, root } = await reviewed(world);
    await screen.getByRole('button', { name: 'Approve' }).click();
    await expect.element(screen.getByTestId('badge').getByText('Approved')).toBeVisible();
    expect(state()).toBe('deciding');
    await expect.element(screen.getByRole('button', { name: 'Approving' })).toHaveAttribute('aria-disabled', 'true');
    answer();
    await expect.poll(state).toBe('approved');
    expect(screen.container.querySelectorAll('.layers-ApprovalActions button')).toHaveLength(0);
    // The button that had the focus is gone.
    expect(document.activeElement).toBe(root());
    await expect.poll(voice).toBe('POV: it works: Approved');
  });

  it('by a double click sends one request', async () => {
    const world = createWorld();
    const { screen, state } = await reviewed(world);
    await screen.getByRole('button', { name: 'Approve' }).dblClick();
    await expect.poll(state).toBe('approved');
    expect(posts(world)).toEqual(['approve']);
  });

  it('sends a note that was written, and none where none was', async () => {
    const bodies: unknown[] = [];
    let world: World;
    const fetch = async (input: string, init: RequestInit) => {
      if (init.method === 'POST') bodies.push(JSON.parse(init.body as string));
      return world.simulator.fetch(input, init);
    };
    world = createWorld({}, { fetch });
    const first = await reviewed(world);
    await first.screen.getByRole('button', { name: 'Add a note' }).click();
    await expect.element(first.screen.getByRole('textbox', { name: 'Note (optional)' })).toHaveFocus();
    await userEvent.keyboard(' Lovely colours ');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.poll(first.state).toBe('approved');
    await first.screen.unmount();
    const second = await reviewed(world);
    await second.screen.getByRole('button', { name: 'Approve' }).click();
    await expect.poll(second.state).toBe('approved');
    expect(bodies).toEqual([{ note: 'Lovely colours' }, {}]);
  });

  it('does not send a note that is too long, and says how much', async () => {
    const onApprove = vi.fn();
    const screen = await render(<ApprovalActions container={pending} onApprove={onApprove} onReject={never} />);
    await screen.getByRole('button', { name: 'Add a note' }).click();
    const field = screen.getByRole('textbox');
    await field.fill('x'.repeat(1_030));
    await screen.getByRole('button', { name: 'Approve' }).click();
    expect(onApprove).not.toHaveBeenCalled();
    await expect.element(field).toHaveFocus();
    await expect.element(field).toHaveAccessibleDescription('6 characters too many');
    await expect.element(field).toBeInvalid();
  });

  it('says that the post which waited for it was not scheduled', async () => {
    let world: World;
    const fetch = async (input: string, init: RequestInit) => {
      const response = await world.simulator.fetch(input, init);
      if (init.method !== 'POST') return response;
      return Response.json({ ...(await response.json()), pendingSchedulePromotion: { status: 'failed', scheduledPostIds: ['sp_1'] } });
    };
    world = createWorld({}, { fetch });
    const { id, screen, group, state } = await reviewed(world);
    await screen.getByRole('button', { name: 'Approve' }).click();
    await expect.element(group.getByText(/the post that waited for it was not scheduled/)).toBeVisible();
    expect(state()).toBe('approved');
    await expect.poll(voice).toContain('not scheduled');
    // It is still said where the screen is left and come back to.
    await screen.unmount();
    const again = await reviewed(world, id);
    await expect.element(again.group.getByText(/was not scheduled/)).toBeVisible();
  });
});

describe('rejecting', () => {
  it('by keyboard only: into the field, out by Escape with the reason kept, and sent by Ctrl+Enter', async () => {
    const world = createWorld();
    const { screen, group, state, root } = await reviewed(world);
    await expect.element(screen.getByRole('button', { name: 'Reject' })).toBeVisible();
    await userEvent.keyboard('{Tab}{Tab}');
    await expect.element(screen.getByRole('button', { name: 'Reject' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    const dialog = screen.getByRole('dialog', { name: 'Reject this?' });
    await expect.element(dialog).toBeVisible();
    await expect.element(screen.getByRole('textbox')).toHaveFocus();
    await userEvent.keyboard('Off brand');
    await userEvent.keyboard('{Escape}');
    await expect.element(screen.getByRole('button', { name: 'Reject' })).toHaveFocus();
    expect(screen.container.querySelector('dialog')?.open).toBe(false);
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByRole('textbox')).toHaveValue('Off brand');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.poll(state).toBe('rejected');
    await expect.element(group.getByText('Reason: Off brand')).toBeVisible();
    expect(document.activeElement).toBe(root());
    await expect.poll(voice).toBe('POV: it works: Rejected. Reason: Off brand');
    expect(posts(world)).toEqual(['reject']);
  });

  it('asks for a reason, at the field', async () => {
    const onReject = vi.fn();
    const screen = await render(<ApprovalActions container={pending} onApprove={never} onReject={onReject} />);
    await screen.getByRole('button', { name: 'Reject' }).click();
    const field = screen.getByRole('textbox', { name: 'What is wrong with it?' });
    await expect.element(field).toBeRequired();
    await expect.element(field).not.toHaveAttribute('aria-invalid');
    await field.fill('   ');
    await screen.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
    expect(onReject).not.toHaveBeenCalled();
    await expect.element(field).toHaveFocus();
    await expect.element(field).toBeInvalid();
    await expect.element(field).toHaveAccessibleDescription('Say in a few words what is wrong.');
    await field.fill('It is blurred.');
    await expect.element(field).not.toHaveAttribute('aria-invalid');
    await screen.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
    expect(onReject).toHaveBeenCalledExactlyOnceWith({ reason: 'It is blurred.' });
  });

  it('tells what is left only near the end, and keeps what is too long', async () => {
    const screen = await render(<ApprovalActions container={pending} onApprove={never} onReject={never} />);
    await screen.getByRole('button', { name: 'Reject' }).click();
    const field = screen.getByRole('textbox');
    await field.fill('x'.repeat(900));
    await expect.element(field).not.toHaveAccessibleDescription();
    await field.fill('x'.repeat(1_023));
    await expect.element(field).toHaveAccessibleDescription('1 character left');
    await field.fill('x'.repeat(1_100));
    await expect.element(field).toHaveAccessibleDescription('76 characters too many');
    expect((field.element() as HTMLTextAreaElement).value).toHaveLength(1_100);
  });

  it('offline keeps the dialog, the reason and the focus, and can be tried again', async () => {
    const world = createWorld();
    const { screen, state } = await reviewed(world);
    await screen.getByRole('button', { name: 'Reject' }).click();
    await screen.getByRole('textbox').fill('Off brand');
    world.simulator.setFaults([{ kind: 'drop' }]);
    await screen.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
    await expect.element(screen.getByRole('alert')).toHaveTextContent('There is no connection, so nothing was saved.');
    expect(state()).toBe('failed');
    await expect.element(screen.getByRole('textbox')).toHaveValue('Off brand');
    await expect.element(screen.getByTestId('badge').getByText('Waiting for your approval')).toBeVisible();
    world.simulator.setFaults([]);
    await screen.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
    await expect.poll(state).toBe('rejected');
  });

  it('keeps what is typed from what is around it', async () => {
    const onKeyDown = vi.fn();
    const screen = await render(
      <div role="grid" tabIndex={-1} onKeyDown={onKeyDown}>
        <ApprovalActions container={pending} onApprove={never} onReject={never} />
      </div>,
    );
    await screen.getByRole('button', { name: 'Reject' }).click();
    await userEvent.keyboard('x{ArrowDown}');
    await expect.element(screen.getByRole('textbox')).toHaveValue('x');
    expect(onKeyDown).not.toHaveBeenCalled();
  });
});

describe('what can happen to a decision', () => {
  it.for(['approved', 'rejected'] as const)('somebody else %s it first: who won is said, and nothing is offered', async (decided) => {
    const world = createWorld();
    const { id, screen, group, state } = await reviewed(world);
    await expect.element(screen.getByRole('button', { name: 'Approve' })).toBeVisible();
    world.simulator.decide(id, decided);
    await screen.getByRole('button', { name: 'Approve' }).click();
    await expect.element(group.getByText(new RegExp(`Already ${decided} elsewhere`))).toBeVisible();
    expect(state()).toBe('conflict');
    expect(screen.container.querySelectorAll('.layers-ApprovalActions button')).toHaveLength(0);
    await expect.poll(voice).toContain(`Already ${decided} elsewhere`);
  });

  it('somebody else decided while the dialog was open: it closes', async () => {
    const world = createWorld();
    const { id, screen, group, state } = await reviewed(world);
    await screen.getByRole('button', { name: 'Reject' }).click();
    await screen.getByRole('textbox').fill('Off brand');
    world.simulator.decide(id, 'approved');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.poll(state).toBe('conflict');
    expect(screen.container.querySelector('dialog')).toBeNull();
    await expect.element(group.getByText('Already approved elsewhere.')).toBeVisible();
  });

  it('the key may not: it is said, not tried again, and known before the click everywhere else', async () => {
    const keys = [{ key: 'reader', tier: 'off' as const, scopes: ['content:read'] }];
    const world = createWorld({ apiKeys: keys }, { headers: { authorization: 'Bearer reader' } });
    const other = world.simulator.addContainer(waiting);
    const { screen, group, state } = await reviewed(world);
    await screen.getByRole('button', { name: 'Approve' }).click();
    await expect.poll(state).toBe('forbidden');
    await expect.element(group.getByText(/but not decide/)).toBeVisible();
    const button = screen.getByRole('button', { name: 'Approve' });
    await expect.element(button).toHaveAccessibleDescription(/but not decide/);
    await button.click({ force: true });
    await screen.unmount();
    const elsewhere = await reviewed(world, other);
    await expect.poll(elsewhere.state).toBe('forbidden');
    await elsewhere.screen.getByRole('button', { name: 'Reject' }).click({ force: true });
    expect(elsewhere.screen.container.querySelector('dialog')?.open).toBe(false);
    expect(posts(world)).toEqual(['approve']);
  });

  it('a container that is not completed yet: the buttons are there, do nothing, and say why', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: { queuedMs: 600_000 }, approvalStatus: 'pending' });
    const { screen, state } = await reviewed(world, id);
    await expect.poll(state).toBe('waiting');
    const button = screen.getByRole('button', { name: 'Approve' });
    await expect.element(button).toHaveAccessibleDescription('You can decide as soon as it is ready.');
    await button.click({ force: true });
    expect(posts(world)).toEqual([]);
    world.simulator.finish(id);
    await expect.poll(state).toBe('pending');
  });

  it('the server fails: the buttons work again, the request is under Details, and a retry goes through', async () => {
    const world = createWorld();
    const { screen, group, state } = await reviewed(world);
    await expect.element(screen.getByRole('button', { name: 'Approve' })).toBeVisible();
    world.simulator.setFaults([{ kind: 'status', status: 500, match: /POST/, times: 1 }]);
    await screen.getByRole('button', { name: 'Approve' }).click();
    await expect.element(group.getByText('This was not saved. Try again.')).toBeVisible();
    await screen.getByText('Details').click();
    await expect.element(screen.getByText('INTERNAL')).toBeVisible();
    await screen.getByRole('button', { name: 'Approve' }).click();
    await expect.poll(state).toBe('approved');
  });

  it('in a list of what waits for approval its failure is still said, and its success takes the buttons away', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    world.simulator.addContainer(waiting);
    function Queue() {
      const { data } = useContainerList(world.projectId, { approval: 'pending', refreshInterval: false });
      return data?.containers.map((container) => (
        <div key={container.id}>
          <ContainerCard container={container} />
          <ApprovalActions container={container} />
        </div>
      ));
    }
    const screen = await render(<Queue />, { wrapper: world.wrapper });
    await expect.element(screen.getByRole('button', { name: 'Approve' })).toBeVisible();
    world.simulator.setFaults([{ kind: 'status', status: 500, match: /POST/, times: 1 }]);
    await screen.getByRole('button', { name: 'Approve' }).click();
    await expect.element(screen.getByRole('group').getByText('This was not saved. Try again.')).toBeVisible();
    await screen.getByRole('button', { name: 'Approve' }).click();
    await expect.poll(() => screen.container.querySelector('[data-part="approve"]')).toBeNull();
    expect(world.reads(/content\/[^/?]+$/)).toHaveLength(1);
  });

  it('is offered nowhere where nothing is to be decided, and reads nothing without an id', async () => {
    const screen = await render(
      <>
        <ApprovalActions container={containers.ready} onApprove={never} onReject={never} />
        <ApprovalActions container={containers.unknown} onApprove={never} onReject={never} />
        <ApprovalActions container={containers.failed} onApprove={never} onReject={never} />
        <ApprovalActions containerId={null} />
        <ApprovalActions container={undefined} />
      </>,
    );
    expect(screen.container.childElementCount).toBe(0);
  });
});

describe('with handlers and without a provider', () => {
  it('waits for them, shows what they took, and follows the data from then on', async () => {
    let settle = () => {};
    const onApprove = vi.fn(() => new Promise<void>((resolve) => (settle = resolve)));
    const draw = (approvalStatus: 'pending' | 'approved') => (
      <ApprovalActions
        container={{ ...pending, approvalStatus, rawApprovalStatus: approvalStatus }}
        onApprove={onApprove}
        onReject={never}
        data-testid="actions"
      />
    );
    const screen = await render(draw('pending'));
    const root = screen.getByTestId('actions');
    await screen.getByRole('button', { name: 'Approve' }).click();
    await screen.getByRole('button', { name: 'Approving' }).click({ force: true });
    await expect.element(root).toHaveAttribute('data-state', 'deciding');
    settle();
    await expect.element(root).toHaveAttribute('data-state', 'approved');
    await expect.element(screen.getByRole('status')).toHaveTextContent('Your first 30 days of running: Approved');
    expect(onApprove).toHaveBeenCalledExactlyOnceWith({});
    await screen.rerender(draw('approved'));
    await expect.element(root).toHaveAttribute('data-state', 'approved');
    await screen.rerender(draw('pending'));
    await expect.element(root).toHaveAttribute('data-state', 'pending');
  });

  it('tells what they throw, whatever that is', async () => {
    const onApprove = vi.fn().mockRejectedValueOnce(refusal('RATE_LIMITED', 429)).mockRejectedValueOnce('no reason');
    const screen = await render(<ApprovalActions container={pending} onApprove={onApprove} onReject={never} />);
    await screen.getByRole('button', { name: 'Approve' }).click();
    await expect.element(screen.getByText(/Too many decisions at once/).first()).toBeVisible();
    await screen.getByRole('button', { name: 'Approve' }).click();
    await expect.element(screen.getByText('This was not saved. Try again.').first()).toBeVisible();
  });
});

describe.for(THEMES)('in the %s theme', (theme) => {
  const scenes: [string, React.ReactElement, ((press: (name: string) => Promise<void>) => Promise<void>)?][] = [
    ['pending', <ApprovalActions key="1" container={pending} onApprove={never} onReject={never} />],
    ['waiting', <ApprovalActions key="2" container={{ ...pending, status: 'processing' }} onApprove={never} onReject={never} />],
    ['forbidden', <ApprovalActions key="3" container={pending} canDecide={false} onApprove={never} onReject={never} />],
    ['approved', <ApprovalActions key="4" container={containers.approved} onApprove={never} onReject={never} />],
    ['rejected', <ApprovalActions key="5" container={containers.rejected} onApprove={never} onReject={never} />],
    ['deciding', <ApprovalActions key="6" container={pending} onApprove={never} onReject={never} />, (press) => press('Approve')],
    [
      'failed',
      <ApprovalActions key="7" container={pending} onApprove={() => Promise.reject(refusal('NETWORK'))} onReject={never} />,
      (press) => press('Approve'),
    ],
    ['pending', <ApprovalActions key="8" container={pending} onApprove={never} onReject={never} />, (press) => press('Add a note')],
    ['pending', <ApprovalActions key="9" container={pending} onApprove={never} onReject={never} />, (press) => press('Reject')],
  ];

  it.for(scenes)('%s has nothing that axe objects to', async ([state, element, act]) => {
    const screen = await render(<Page theme={theme}>{element}</Page>);
    await act?.((name) => screen.getByRole('button', { name }).first().click());
    await expect.poll(() => (screen.container.querySelector('.layers-ApprovalActions') as HTMLElement).dataset.state).toBe(state);
    expect(await findViolations(screen.container)).toEqual([]);
  });

  it('a conflict has nothing that axe objects to', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const screen = await render(
      <Page theme={theme}>
        <ApprovalActions containerId={id} />
      </Page>,
      { wrapper: world.wrapper },
    );
    await expect.element(screen.getByRole('button', { name: 'Approve' })).toBeVisible();
    world.simulator.decide(id, 'rejected');
    await screen.getByRole('button', { name: 'Approve' }).click();
    await expect.element(screen.getByRole('group').getByText(/Already rejected elsewhere/)).toBeVisible();
    expect(await findViolations(screen.container)).toEqual([]);
  });
});
