import type { Meta, StoryObj } from '@storybook/react-vite';
import { ContainerScreen, LayersError } from '../src/index.js';
import { createContainers } from './support/containers.js';
import { previews } from './support/previews.js';
import { lastError, midway, plan, progress } from './support/progress.js';

const containers = createContainers(previews);
const unreachable = new LayersError({ code: 'NETWORK', message: 'The server could not be reached.', requestId: 'req_7f3a' });
const decide = { onApprove: () => {}, onReject: () => {} };

const meta = {
  title: 'Components/ContainerScreen',
  component: ContainerScreen,
  args: { container: containers.toApprove, headingLevel: 2, onMakeAgain: () => {}, ...decide },
} satisfies Meta<typeof ContainerScreen>;
export default meta;

type Story = StoryObj<typeof ContainerScreen>;

export const Review: Story = {};
export const Loading: Story = { args: { container: null } };
export const Unavailable: Story = { args: { container: null, error: unreachable, onRetry: () => {} } };
export const Queued: Story = { args: { container: containers.queued, progress: progress.queuedWithTime } };
export const Making: Story = { args: { container: containers.processing, progress: progress.running } };
export const MakingWithStages: Story = { args: { container: containers.processing, progress: midway, stages: plan } };
export const Ready: Story = { args: { container: containers.ready } };
export const Slideshow: Story = {
  args: { container: { ...containers.approved, approvalStatus: 'pending', rawApprovalStatus: 'pending' } },
};
export const WithoutMedia: Story = { args: { container: containers.withoutMedia } };
export const Approved: Story = { args: { container: containers.approved } };
export const Rejected: Story = { args: { container: containers.rejected } };
export const Failed: Story = { args: { container: { ...containers.failed, lastError } } };
export const Canceled: Story = { args: { container: containers.canceled } };

/** A part in place of the screen's own, and one put into something. */
export const OwnParts: Story = {
  args: {
    parts: {
      heading: () => <h2>Spring campaign, clip 4</h2>,
      sentence: ({ state, children }) => (state === 'review' ? <p>Goes out on Friday, if you approve it.</p> : children),
    },
  },
};
