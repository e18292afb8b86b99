import type { Meta, StoryObj } from '@storybook/react-vite';
import { LayersError } from '../src/model/errors.js';
import { ProgressBar } from '../src/components/index.js';
import { lastError, midway, plan, progress } from './support/progress.js';

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

const soon = Date.now();

export const Default: Story = {};
export const NothingKnown: Story = { args: { progress: null } };
export const Queued: Story = { args: { progress: progress.queued } };
export const QueuedForAMinute: Story = { args: { progress: progress.queuedWithTime } };
export const Indeterminate: Story = { args: { progress: progress.indeterminate } };
export const Running: Story = { args: { progress: progress.running } };
export const UnderAMinute: Story = { args: { progress: progress.underAMinute } };
/** Opened midway, and nothing has told when the job began: no number, but the time left. */
export const OpenedMidway: Story = { args: { progress: { ...progress.running, percent: null, percentPerSecond: null, basis: null } } };
export const RunningWithoutTime: Story = { args: { progress: progress.runningWithoutTime } };
export const AlmostDone: Story = { args: { progress: progress.finishing } };
/** The time left ran out 10 s ago. */
export const Overdue: Story = { args: { progress: progress.overdue } };
export const OpenStage: Story = { args: { progress: progress.openStage, stageLabels: { matching_beat_to_cuts: 'Cutting to the beat' } } };
export const Slowed: Story = { args: { progress: progress.running, freshness: { state: 'slowed', reason: 'failing' } } };
export const Paused: Story = {
  args: { progress: progress.running, freshness: { state: 'paused', reason: 'rate-limited', read: () => ({ lastReadAt: soon - 45_000 }) } },
};
export const Stalled: Story = { args: { progress: progress.running, freshness: { state: 'stalled', reason: 'quiet' } } };
export const Offline: Story = {
  args: { progress: progress.running, freshness: { state: 'offline', reason: 'network', read: () => ({ lastReadAt: soon - 130_000 }) } },
};
export const Late: Story = { args: { progress: progress.running, error: unreachable } };
export const Completed: Story = { args: { progress: progress.completed } };
export const CompletedWithoutMedia: Story = { args: { progress: progress.completed, hasMedia: false } };
export const Failed: Story = { args: { progress: progress.failed, lastError } };
export const Canceled: Story = { args: { progress: progress.canceled } };
export const NoReading: Story = { args: { progress: null, error: unreachable } };

/** With the stages to expect: done, the present one with its own bar, to come. */
export const WithStages: Story = { args: { progress: midway, stages: plan } };
/** Without a plan: the stages that were seen. */
export const WithSeenStages: Story = { args: { progress: midway, stages: true } };

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
      <ProgressBar progress={midway} stages={plan} />
      <ProgressBar progress={progress.openStage} />
      <ProgressBar progress={progress.finishing} />
      <ProgressBar progress={progress.overdue} />
      <ProgressBar progress={progress.running} freshness={{ state: 'slowed', reason: 'failing' }} />
      <ProgressBar progress={progress.running} freshness={{ state: 'paused', reason: 'rate-limited' }} />
      <ProgressBar progress={progress.running} freshness={{ state: 'stalled', reason: 'quiet' }} />
      <ProgressBar
        progress={progress.running}
        freshness={{ state: 'offline', reason: 'network', read: () => ({ lastReadAt: soon - 130_000 }) }}
      />
      <ProgressBar progress={progress.completed} />
      <ProgressBar progress={progress.completed} hasMedia={false} />
      <ProgressBar progress={progress.failed} lastError={lastError} />
      <ProgressBar progress={progress.failed} />
      <ProgressBar progress={progress.canceled} />
      <ProgressBar progress={null} error={unreachable} />
    </>
  ),
};

/** The same in a language that is written from the right. */
export const Arabic: Story = { ...States, globals: { locale: 'ar' } };
/** The same with words a third longer, where nothing may be cut off. */
export const LongWords: Story = { ...States, globals: { locale: 'pseudo' } };
