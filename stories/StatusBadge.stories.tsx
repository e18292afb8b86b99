import type { Meta, StoryObj } from '@storybook/react-vite';
import { StatusBadge } from '../src/components/index.js';
import type { ContainerStatus } from '../src/model/status.js';

const statuses: ContainerStatus[] = ['queued', 'processing', 'completed', 'failed', 'canceled', 'unknown'];

const meta = {
  title: 'Components/StatusBadge',
  component: StatusBadge,
  args: { status: 'processing' },
  argTypes: { status: { control: 'select', options: statuses } },
} satisfies Meta<typeof StatusBadge>;
export default meta;

type Story = StoryObj<typeof StatusBadge>;

export const Default: Story = {};
export const Queued: Story = { args: { status: 'queued' } };
export const Processing: Story = { args: { status: 'processing' } };
export const Completed: Story = { args: { status: 'completed' } };
export const Failed: Story = { args: { status: 'failed' } };
export const Canceled: Story = { args: { status: 'canceled' } };
export const Unknown: Story = { args: { status: 'unknown' } };

/** Every state, and the same in the words of a card. */
export const States: Story = {
  render: () => (
    <div className="story-stack">
      <div className="story-row">
        {statuses.map((status) => (
          <StatusBadge key={status} status={status} />
        ))}
      </div>
      <div className="story-row">
        {statuses.map((status) => (
          <StatusBadge key={status} status={status} compact />
        ))}
      </div>
    </div>
  ),
};
