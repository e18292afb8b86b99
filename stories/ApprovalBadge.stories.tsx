import type { Meta, StoryObj } from '@storybook/react-vite';
import { ApprovalBadge } from '../src/components/index.js';
import type { ApprovalStatus } from '../src/model/status.js';

const statuses: ApprovalStatus[] = ['pending', 'approved', 'rejected', 'not_required', 'unknown'];

const meta = {
  title: 'Components/ApprovalBadge',
  component: ApprovalBadge,
  args: { status: 'pending' },
  argTypes: { status: { control: 'select', options: statuses } },
} satisfies Meta<typeof ApprovalBadge>;
export default meta;

type Story = StoryObj<typeof ApprovalBadge>;

export const Default: Story = {};
export const Pending: Story = { args: { status: 'pending' } };
export const Approved: Story = { args: { status: 'approved' } };
export const Rejected: Story = { args: { status: 'rejected' } };
export const NotRequired: Story = { args: { status: 'not_required', showNotRequired: true } };
export const Unknown: Story = { args: { status: 'unknown' } };

/** Every state, and the same in the words of a card. */
export const States: Story = {
  render: () => (
    <div className="story-stack">
      <div className="story-row">
        {statuses.map((status) => (
          <ApprovalBadge key={status} status={status} showNotRequired />
        ))}
      </div>
      <div className="story-row">
        {statuses.map((status) => (
          <ApprovalBadge key={status} status={status} showNotRequired compact />
        ))}
      </div>
    </div>
  ),
};
