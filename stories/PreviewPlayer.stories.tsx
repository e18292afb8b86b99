import type { Meta, StoryObj } from '@storybook/react-vite';
import { PreviewPlayer, ProgressBar } from '../src/components/index.js';
import { previews } from './support/previews.js';
import { progress } from './support/progress.js';

const meta = {
  title: 'Components/PreviewPlayer',
  component: PreviewPlayer,
  args: { preview: previews.video, alt: 'Your first 30 days of running' },
  decorators: [
    (Story, { name }) => (
      <div className={name === 'States' || name === 'Ratios' || name === 'Many Without Posters' ? 'story-grid' : 'story-phone'}>
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof PreviewPlayer>;
export default meta;

type Story = StoryObj<typeof PreviewPlayer>;

export const Default: Story = {};
export const SquareVideo: Story = { args: { preview: previews.squareVideo, alt: 'One bottle' } };
export const WithoutPoster: Story = { args: { preview: previews.videoWithoutPoster } };
export const PosterOnly: Story = { args: { preview: previews.posterOnly } };
export const MinimalControls: Story = { args: { controls: 'minimal', muted: true, loop: true, autoPlay: true } };
export const PlaysOnHover: Story = { args: { playOnHover: true } };
export const Hls: Story = { args: { preview: previews.hlsVideo, muted: true } };
export const AutoPlayMuted: Story = { args: { autoPlay: true, muted: true, loop: true } };
export const WithoutControls: Story = { args: { controls: false, muted: true } };
export const Slideshow: Story = { args: { preview: previews.slideshow, alt: '3 plants that forgive you' } };
export const SlideshowFourFive: Story = { args: { preview: previews.slideshowFourFive, alt: 'A weekend by the sea' } };
export const SlideshowByItself: Story = { args: { preview: previews.slideshow, alt: '3 plants that forgive you', autoRotate: true } };
export const Image: Story = { args: { preview: previews.image, alt: 'Honey from nine streets away' } };
export const Empty: Story = { args: { preview: null } };
export const InFlight: Story = { args: { preview: null, children: <ProgressBar progress={progress.running} /> } };
export const UnknownKind: Story = { args: { preview: previews.unknown } };
export const BrokenVideo: Story = { args: { preview: previews.brokenVideo, autoPlay: true, muted: true } };
export const BrokenImage: Story = { args: { preview: previews.brokenImage } };
export const FailedWithMedia: Story = {
  args: { preview: previews.image, alt: 'Honey from nine streets away', problem: { message: 'The second half could not be rendered.' } },
};
export const Cover: Story = { args: { preview: previews.squareVideo, aspectRatio: '9:16', fit: 'cover' } };

/** An address that has run out, and a host that gives a new one: the poster comes back by itself. */
export const ExpiredAndRenewed: Story = {
  args: {
    preview: { ...previews.video, thumbnailUrl: `${previews.video.thumbnailUrl}.expired`, videoUrl: `${previews.video.videoUrl}.expired` },
    onRefresh: async () => previews.video,
    containerId: undefined,
  },
};

/** Only so many are alive at once; the others show that there is a video all the same. */
export const ManyWithoutPosters: Story = {
  render: () => (
    <>
      {Array.from({ length: 8 }, (_, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <PreviewPlayer key={index} preview={previews.videoWithoutPoster} alt={`Clip ${index + 1}`} />
      ))}
    </>
  ),
};

/** The frame is the ratio of the data, whatever it is. */
export const Ratios: Story = {
  render: () => (
    <>
      {['9:16', '4:5', '1:1', '16:9', '1.91:1', '2.39:1'].map((aspectRatio) => (
        <PreviewPlayer key={aspectRatio} preview={previews.video} aspectRatio={aspectRatio} fit="cover" alt={`As ${aspectRatio}`} />
      ))}
    </>
  ),
};

/** Every kind and every state that needs no click. */
export const States: Story = {
  render: () => (
    <>
      <PreviewPlayer preview={previews.video} alt="Your first 30 days of running" />
      <PreviewPlayer preview={previews.slideshow} alt="3 plants that forgive you" />
      <PreviewPlayer preview={previews.image} alt="Honey from nine streets away" />
      <PreviewPlayer preview={previews.videoWithoutPoster} alt="The calendar app" />
      <PreviewPlayer preview={null} />
      <PreviewPlayer preview={null}>
        <ProgressBar progress={progress.running} />
      </PreviewPlayer>
      <PreviewPlayer preview={previews.brokenVideo} autoPlay muted alt="A video that is gone" />
      <PreviewPlayer preview={previews.brokenImage} alt="An image that is gone" />
      <PreviewPlayer preview={previews.unknown} />
      <PreviewPlayer preview={previews.posterOnly} />
      <PreviewPlayer preview={previews.squareVideo} alt="One bottle" />
      <PreviewPlayer preview={previews.image} alt="Half of it" problem={{ message: 'The second half could not be rendered.' }} />
      <PreviewPlayer preview={previews.otherVideo} alt="Three minutes without a phone" controls="minimal" autoPlay loop />
      <PreviewPlayer preview={previews.squareImage} aspectRatio="9:16" alt="Made slowly" />
    </>
  ),
};
