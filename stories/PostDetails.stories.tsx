import type { Meta, StoryObj } from '@storybook/react-vite';
import { parseContainer, PostDetails } from '../src/index.js';

const video = { kind: 'video', primaryUrl: 'https://media.layers.com/v.mp4', durationMs: 27_500, aspectRatio: '9:16' };
const base = { id: 'cnt_1', status: 'completed', approvalStatus: 'pending', preview: video };

const posts = {
  generated: parseContainer({
    ...base,
    format: 'ugc-remix',
    hook: 'Your first 30 days of running',
    caption:
      'Your first 30 days of running 🏃‍♀️\n\nWeek one is only walking. Save this for Monday.\n\nThe whole plan: https://example.com/plan?from=tiktok\nwith @coach.kate #running #couchto5k',
    firstComment: 'Which week are you in? 👇',
    influencerId: 'inf_1',
  }),
  byPlatform: parseContainer({
    ...base,
    format: 'slideshow-builder',
    preview: {
      kind: 'slideshow',
      primaryUrl: 'https://media.layers.com/1.jpg',
      imageUrls: Array(8).fill('https://media.layers.com/1.jpg'),
    },
    captions: [
      { platform: 'tiktok', text: 'Three knots in a minute #knots' },
      { platform: 'instagram', text: 'Three knots in a minute.\n\nSave this for your next trip.\n\n#knots #sailing #outdoors' },
      { platform: 'youtube', text: 'Three knots in a minute #knots' },
    ],
  }),
  unfit: parseContainer({
    ...base,
    creativeType: 'uploaded',
    caption: 'Behind the scenes',
    platformFit: [
      { platform: 'tiktok', ok: false, issues: ['The video is 12 minutes long; the longest is 10 minutes.'] },
      { platform: 'instagram', ok: true, issues: [] },
    ],
  }),
  arabic: parseContainer({
    ...base,
    format: 'video-remix',
    caption: 'أول 30 يومًا من الجري 🏃\n\n#جري مع @coach.kate\nhttps://example.com/plan',
  }),
};

const meta = {
  title: 'Components/PostDetails',
  component: PostDetails,
  args: { container: posts.generated },
} satisfies Meta<typeof PostDetails>;
export default meta;

type Story = StoryObj<typeof PostDetails>;

export const Default: Story = {};
export const CaptionsByPlatform: Story = { args: { container: posts.byPlatform } };
export const Unfit: Story = { args: { container: posts.unfit } };
export const RightToLeft: Story = { args: { container: posts.arabic } };

/** Who presents it is the host's to show; a part is put into something, and another left out. */
export const Parts: Story = {
  args: {
    parts: {
      speaker: () => 'Kate, running coach',
      format: () => null,
      firstComment: ({ children }) => <div className="story-mark">{children}</div>,
    },
  },
};

/** Every state. */
export const States: Story = {
  render: () => (
    <div className="story-stack">
      {Object.entries(posts).map(([name, container]) => (
        <PostDetails key={name} container={container} />
      ))}
    </div>
  ),
};
