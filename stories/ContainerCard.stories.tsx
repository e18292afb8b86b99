import type { Meta, StoryObj } from '@storybook/react-vite';
import { useEffect, useState } from 'react';
import { ContainerCard } from '../src/components/index.js';
import { createContainers, NOW } from './support/containers.js';
import { previews } from './support/previews.js';
import { progress } from './support/progress.js';

const containers = createContainers(previews);

const meta = {
  title: 'Components/ContainerCard',
  component: ContainerCard,
  args: { container: containers.toApprove, now: NOW },
  parameters: { ground: 'sunken' },
  decorators: [
    (Story) => (
      <div className="story-grid">
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof ContainerCard>;
export default meta;

type Story = StoryObj<typeof ContainerCard>;

export const Default: Story = {};
export const Queued: Story = { args: { container: containers.queued, progress: progress.queuedWithTime } };
export const InFlight: Story = { args: { container: containers.processing, progress: progress.running } };
export const ToApprove: Story = { args: { container: containers.toApprove } };
export const Approved: Story = { args: { container: containers.approved } };
export const Rejected: Story = { args: { container: containers.rejected } };
export const Ready: Story = { args: { container: containers.ready } };
export const Failed: Story = { args: { container: containers.failed } };
export const Canceled: Story = { args: { container: containers.canceled } };
export const WithoutMedia: Story = { args: { container: containers.withoutMedia } };
export const Loading: Story = { args: { container: null } };
export const AsLink: Story = { args: { href: '#content' } };
export const AsButton: Story = { args: { onOpen: () => {} } };

/** Changes from in flight to completed, over and over: nothing moves, and the media fades in. */
export const Arrival: Story = {
  render: function Arrival(args) {
    const [arrived, setArrived] = useState(false);
    useEffect(() => {
      const timer = setInterval(() => setArrived((value) => !value), 2500);
      return () => clearInterval(timer);
    }, []);
    const id = containers.processing.id;
    const container = arrived ? { ...containers.toApprove, id } : containers.processing;
    return <ContainerCard now={args.now} container={container} progress={progress.running} />;
  },
};

/** Every state, in the columns of a grid. */
export const States: Story = {
  render: () => (
    <>
      <ContainerCard container={containers.processing} progress={progress.running} now={NOW} href="#processing" />
      <ContainerCard container={containers.toApprove} now={NOW} href="#to-approve" />
      <ContainerCard container={containers.approved} now={NOW} href="#approved" />
      <ContainerCard container={containers.rejected} now={NOW} href="#rejected" />
      <ContainerCard container={containers.queued} progress={progress.queued} now={NOW} href="#queued" />
      <ContainerCard container={containers.ready} now={NOW} href="#ready" />
      <ContainerCard container={containers.failed} now={NOW} href="#failed" />
      <ContainerCard container={containers.canceled} now={NOW} href="#canceled" />
      <ContainerCard container={containers.unknown} now={NOW} href="#unknown" />
      <ContainerCard container={containers.withoutMedia} now={NOW} href="#without-media" />
      <ContainerCard container={null} />
    </>
  ),
};
