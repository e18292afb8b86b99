import type { Meta, StoryObj } from '@storybook/react-vite';
import { useContext, useState } from 'react';
import { expect, userEvent, within } from 'storybook/test';
import { ApprovalActions, createLayersClient, LayersError, LayersProvider, useBulkApproval, useContainerList } from '../src/index.js';
import { MessagesContext } from '../src/provider/MessagesContext.js';
import { createSimulator, type SimulatorFault } from '../src/testing.js';
import { createContainers } from './support/containers.js';
import { createPreviews } from './support/previews.js';

const containers = createContainers(createPreviews('/media/'));
const pending = containers.toApprove;
const never = () => new Promise<void>(() => {});
const fail = (code: string, status: number | null) => () =>
  Promise.reject(new LayersError({ code, status, message: 'Refused.', requestId: status === null ? null : 'req_01JD8F3ZK5' }));

const meta = {
  title: 'Components/ApprovalActions',
  component: ApprovalActions,
  args: { container: pending, onApprove: never, onReject: never },
} satisfies Meta<typeof ApprovalActions>;
export default meta;

type Story = StoryObj<typeof meta>;

const press =
  (name: string): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getAllByRole('button', { name })[0] as HTMLElement);
  };

export const Default: Story = {};
export const NotReadyYet: Story = {
  args: { container: { ...containers.processing, approvalStatus: 'pending', rawApprovalStatus: 'pending' } },
};
export const Forbidden: Story = { args: { canDecide: false } };
export const Approved: Story = { args: { container: containers.approved } };
export const Rejected: Story = { args: { container: containers.rejected } };
export const Deciding: Story = { play: press('Approve') };

/** There is no connection: what is told stays beside buttons that work. */
export const Failed: Story = { args: { onApprove: fail('NETWORK', null) }, play: press('Approve') };

/** The API's own reason is under Details. */
export const ServerFailed: Story = { args: { onApprove: fail('INTERNAL', 500) }, play: press('Approve') };

/** The dialog that asks for a reason: the field has the focus, Escape closes it, Ctrl+Enter sends it. */
export const RejectDialog: Story = {
  parameters: { docs: { story: { inline: false, height: '420px' } } },
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getAllByRole('button', { name: 'Reject' })[0] as HTMLElement);
    await expect(within(canvasElement).getByRole('dialog')).toBeVisible();
    await expect(within(canvasElement).getByRole('textbox')).toHaveFocus();
  },
};

/** A reason that is too long is kept, and told. */
export const ReasonTooLong: Story = {
  parameters: { docs: { story: { inline: false, height: '420px' } } },
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getAllByRole('button', { name: 'Reject' })[0] as HTMLElement);
    const field = within(canvasElement).getByRole('textbox');
    await userEvent.click(field);
    await userEvent.paste('The logo is cut off. '.repeat(50));
    await userEvent.click(within(within(canvasElement).getByRole('dialog')).getByRole('button', { name: 'Reject' }));
    await expect(within(canvasElement).getByText(/too many/)).toBeVisible();
  },
};

/** A note that goes with the approval. */
export const Note: Story = { play: press('Add a note') };

/** Everything that is drawn from data alone. */
export const States: Story = {
  render: () => (
    <div className="story-stack">
      {[
        pending,
        { ...containers.processing, approvalStatus: 'pending', rawApprovalStatus: 'pending' } as const,
        containers.approved,
        containers.rejected,
      ].map((container) => (
        <ApprovalActions key={container.id} container={container} onApprove={never} onReject={never} />
      ))}
      <ApprovalActions container={pending} onApprove={never} onReject={never} canDecide={false} />
    </div>
  ),
};

interface SceneProps {
  faults?: readonly SimulatorFault[];
  alter?: (body: Record<string, unknown>) => Record<string, unknown>;
  decided?: 'approved' | 'rejected';
}

/** One container on a simulated API, which somebody else may have decided after it was read. */
function Scene({ faults = [], alter, decided }: SceneProps) {
  const [scene] = useState(() => {
    const simulator = createSimulator({ mediaBaseUrl: new URL('/media/', location.href).href, tier: 'off' });
    const id = simulator.addContainer({ state: 'completed', approvalStatus: 'pending', hook: 'POV:\nit works' });
    const fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
      const isDecision = init?.method === 'POST';
      if (isDecision && decided) simulator.decide(id, decided);
      if (isDecision) simulator.setFaults(faults);
      const response = await simulator.fetch(input, init);
      return isDecision && alter && response.ok ? Response.json(alter(await response.json())) : response;
    };
    return { id, client: createLayersClient({ baseUrl: `https://${id}.invalid`, fetch }) };
  });
  const words = useContext(MessagesContext);
  return (
    <LayersProvider client={scene.client} {...words}>
      <ApprovalActions containerId={scene.id} />
    </LayersProvider>
  );
}

const approveHere: NonNullable<Story['play']> = async ({ canvasElement }) => {
  await userEvent.click(await within(canvasElement).findByRole('button', { name: 'Approve' }));
};

/** Somebody else was faster with the same. */
export const ApprovedElsewhere: Story = {
  render: () => <Scene decided="approved" />,
  play: async (context) => {
    await approveHere(context);
    await expect(
      await within(context.canvasElement).findByText('Already approved elsewhere.', { selector: '[data-part="message"] p' }),
    ).toBeVisible();
  },
};

/** Somebody else was faster with the opposite. */
export const RejectedElsewhere: Story = {
  render: () => <Scene decided="rejected" />,
  play: async (context) => {
    await approveHere(context);
    await expect(
      await within(context.canvasElement).findByText(/Already rejected elsewhere/, { selector: '[data-part="message"] p' }),
    ).toBeVisible();
  },
};

/** The approval holds; the post that waited for it does not. */
export const NotScheduled: Story = {
  render: () => <Scene alter={(body) => ({ ...body, pendingSchedulePromotion: { status: 'failed', scheduledPostIds: ['sp_1'] } })} />,
  play: async (context) => {
    await approveHere(context);
    await expect(
      await within(context.canvasElement).findByText(/was not scheduled/, { selector: '[data-part="message"] p' }),
    ).toBeVisible();
  },
};

/** The app's key may read and not decide: said once it was refused. */
export const RefusedScope: Story = {
  render: () => <Scene faults={[{ kind: 'status', status: 403, code: 'FORBIDDEN_SCOPE', match: /POST/ }]} />,
  play: async (context) => {
    await approveHere(context);
    await expect(await within(context.canvasElement).findByText(/but not decide/, { selector: '[data-part="message"] p' })).toBeVisible();
  },
};

function Bulk({ projectId }: { projectId: string }) {
  const { data } = useContainerList(projectId, { approval: 'pending', limit: 100 });
  const { approve, stop, retry, progress, isRunning } = useBulkApproval();
  const ids = data?.containers.map(({ id }) => id) ?? [];
  return (
    <div className="story-stack">
      <p aria-live="polite">
        {progress.done} of {progress.total}, {progress.failed.length} failed, {progress.state}; {ids.length} wait for approval.
      </p>
      <div className="story-row">
        <button type="button" onClick={() => void approve(ids)}>
          Approve all
        </button>
        <button type="button" onClick={isRunning ? stop : () => void retry()}>
          {isRunning ? 'Stop' : 'Try again'}
        </button>
      </div>
      <ul>
        {progress.failed.map(({ containerId, error }) => (
          <li key={containerId}>
            {containerId}: {error?.code}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** 60 at once on the standard tier: 46 leave, the rest wait for the budget; some fail, and can be tried again. */
export const BulkApproval: Story = {
  render: function BulkScene() {
    const [scene] = useState(() => {
      const simulator = createSimulator({ faults: [{ kind: 'status', status: 500, match: /POST/, rate: 0.1 }] });
      for (let count = 0; count < 60; count += 1) simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
      return {
        projectId: simulator.projectIds[0] ?? '',
        client: createLayersClient({ baseUrl: 'https://bulk.invalid', fetch: simulator.fetch }),
      };
    });
    return (
      <LayersProvider client={scene.client}>
        <Bulk projectId={scene.projectId} />
      </LayersProvider>
    );
  },
};
