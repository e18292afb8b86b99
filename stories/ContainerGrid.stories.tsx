import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { ContainerGrid, type ContainerGridProps, LayersError } from '../src/index.js';
import { NOW } from './support/containers.js';
import { createLibrary } from './support/library.js';

const library = createLibrary(200);
const few = library.slice(0, 14);
const unreachable = new LayersError({ code: 'NETWORK', message: 'The server could not be reached.' });

const meta = {
  title: 'Components/ContainerGrid',
  component: ContainerGrid,
  args: { containers: few, now: NOW, onOpen: () => {} },
  parameters: { ground: 'sunken' },
} satisfies Meta<typeof ContainerGrid>;
export default meta;

type Story = StoryObj<typeof ContainerGrid>;

export const Default: Story = {};
export const List: Story = { args: { variant: 'list' } };
export const Loading: Story = { args: { containers: undefined } };
export const LoadingList: Story = { args: { containers: undefined, variant: 'list' } };
export const Empty: Story = { args: { containers: [] } };
export const Failed: Story = { args: { containers: undefined, error: unreachable, onRetry: () => {} } };
export const MoreFailed: Story = { args: { hasNextPage: true, error: unreachable, onRetry: () => {} } };
export const More: Story = { args: { hasNextPage: true, loadMore: 'button', onLoadMore: () => {} } };
export const LoadingMore: Story = { args: { hasNextPage: true, isFetchingNextPage: true } };
export const NoneFoundYet: Story = { args: { containers: [], hasNextPage: true, lookedAt: 1_000, loadMore: 'button' } };
export const Invalid: Story = {
  args: {
    invalid: [
      { index: 3, reason: 'id: expected a string' },
      { index: 8, reason: 'status: missing' },
    ],
  },
};
export const New: Story = { args: { newCount: 3 } };
export const Selectable: Story = { args: { selectable: true, defaultSelectedIds: ['cnt_00003', 'cnt_00006'] } };
export const SelectableList: Story = { args: { ...Selectable.args, variant: 'list' } };

/** Filters in the bar, with what is new. */
export const WithToolbar: Story = {
  args: {
    newCount: 3,
    toolbar: (
      <label>
        Show{' '}
        <select>
          <option>All</option>
          <option>To review</option>
        </select>
      </label>
    ),
  },
};

/** Two hundred, of which only those on the screen are in the page. */
export const Long: Story = { args: { containers: library } };

/** In a pane of the page that scrolls by itself. */
export const InAPane: Story = {
  args: { containers: library },
  decorators: [
    (Story) => (
      <section style={{ blockSize: '480px', overflowY: 'auto', padding: '16px' }} aria-label="Pane" tabIndex={-1}>
        <Story />
      </section>
    ),
  ],
};

/** Containers drawn by the partner. */
export const OwnItems: Story = {
  args: {
    containers: few,
    renderItem: ({ hook, createdAt }) => (
      <p style={{ padding: '12px', margin: 0 }}>
        {hook} <small>{createdAt?.slice(0, 10)}</small>
      </p>
    ),
  },
};

/** Newer ones come in above, on request, and older ones below. */
export const Growing: Story = {
  render: function Growing(args: ContainerGridProps) {
    const [range, setRange] = useState<[number, number]>([20, 60]);
    const [first, end] = range;
    return (
      <ContainerGrid
        {...(args as object)}
        containers={library.slice(first, end)}
        newCount={Math.min(first, 3)}
        onShowNew={() => setRange([Math.max(0, first - 3), end])}
        hasNextPage={end < library.length}
        onLoadMore={() => setRange([first, end + 40])}
      />
    );
  },
};
