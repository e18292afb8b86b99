import type { Meta, StoryObj } from '@storybook/react-vite';
import { PlatformFitNotice } from '../src/components/index.js';
import type { PlatformFit } from '../src/model/container.js';

const fits: Record<'unfit' | 'remarks' | 'several', PlatformFit[]> = {
  unfit: [
    { platform: 'tiktok', ok: false, issues: ['The video is 12 minutes long; the longest is 10 minutes.'] },
    { platform: 'instagram', ok: true, issues: [] },
  ],
  remarks: [{ platform: 'youtube', ok: true, issues: ['Without a caption it is listed by its file name.'] }],
  several: [
    { platform: 'tiktok', ok: false, issues: ['The ratio is 16:9.', 'There is no sound.'] },
    { platform: 'instagram', ok: false, issues: [] },
    { platform: 'youtube', ok: true, issues: ['Shorter than 3 seconds.'] },
  ],
};

const meta = {
  title: 'Components/PlatformFitNotice',
  component: PlatformFitNotice,
  args: { platformFit: fits.unfit },
} satisfies Meta<typeof PlatformFitNotice>;
export default meta;

type Story = StoryObj<typeof PlatformFitNotice>;

export const Default: Story = {};
export const Remarks: Story = { args: { platformFit: fits.remarks } };
export const Several: Story = { args: { platformFit: fits.several } };

/** In the width of a card. */
export const Compact: Story = { args: { platformFit: fits.several, compact: true } };

/** Every state. */
export const States: Story = {
  render: () => (
    <div className="story-stack">
      {Object.entries(fits).map(([name, platformFit]) => (
        <PlatformFitNotice key={name} platformFit={platformFit} />
      ))}
      <PlatformFitNotice platformFit={fits.several} compact />
    </div>
  ),
};
