import type { Meta, StoryObj } from '@storybook/react-vite';
import { LayersError } from '../src/model/errors.js';
import { ProgressBar } from '../src/components/index.js';
import { lastError, progress } from './support/progress.js';

const unreachable = new LayersError({
  code: 'NOT_FOUND',
  status: 404,
  message: 'This content does not exist any more.',
  requestId: 'req_01JD8Z5X3N',
});

const meta = {
  title: 'Components/ProgressBar',
  component: ProgressBar,
  args: { progress: progress.running },
  decorators: [
    (Story) => (
      <div className="story-stack">
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof ProgressBar>;
export default meta;

type Story = StoryObj<typeof ProgressBar>;

export const Default: Story = {};
export const NothingKnown: Story = { args: { progress: null } };
export const Queued: Story = { args: { progress: progress.queuedWithTime } };
export const Indeterminate: Story = { args: { progress: progress.indeterminate } };
export const Running: Story = { args: { progress: progress.running } };
export const RunningWithoutTime: Story = { args: { progress: progress.runningWithoutTime } };
export const AlmostDone: Story = { args: { progress: progress.finishing } };
export const OpenStage: Story = { args: { progress: progress.openStage, stageLabels: { matching_beat_to_cuts: 'Cutting to the beat' } } };
export const Late: Story = { args: { progress: progress.running, error: unreachable } };
export const Completed: Story = { args: { progress: progress.completed } };
export const Failed: Story = { args: { progress: progress.failed, lastError } };
export const Canceled: Story = { args: { progress: progress.canceled } };
export const NoReading: Story = { args: { progress: null, error: unreachable } };

export const Branded: Story = {
  args: { progress: progress.running, style: { '--layers-accent': '#7a2bd0', '--layers-track-size': '10px' } },
};

/** Every state, one under the other. */
export const States: Story = {
  render: () => (
    <>
      <ProgressBar progress={null} />
      <ProgressBar progress={progress.queued} />
      <ProgressBar progress={progress.queuedWithTime} />
      <ProgressBar progress={progress.indeterminate} />
      <ProgressBar progress={progress.unknownStatus} />
      <ProgressBar progress={progress.running} />
      <ProgressBar progress={progress.openStage} />
      <ProgressBar progress={progress.finishing} />
      <ProgressBar progress={progress.running} error={unreachable} />
      <ProgressBar progress={progress.completed} />
      <ProgressBar progress={progress.failed} lastError={lastError} />
      <ProgressBar progress={progress.failed} />
      <ProgressBar progress={progress.canceled} />
      <ProgressBar progress={null} error={unreachable} />
    </>
  ),
};
