import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { expect, waitFor } from 'storybook/test';
import { ContainerGrid, ContainerScreen, containerListPresets } from '../src/index.js';
import { Person, Scene, twentySeconds } from './support/Scene.js';

const meta = {
  title: 'Live/Whole screens',
  parameters: {
    docs: {
      description: {
        component: 'What a dashboard and an end customer’s screen are made of, on the embedded simulator and without a network.',
      },
    },
  },
} satisfies Meta;
export default meta;

type Story = StoryObj<typeof meta>;

/** Ten thousand containers, of which those on the screen are in the page; more comes before the end is reached. */
export const LibraryOfTenThousand: Story = {
  name: 'A library of 10,000',
  parameters: { ground: 'sunken' },
  render: () => (
    <Scene options={{ containers: 10_000 }}>{({ projectId }) => <ContainerGrid projectId={projectId} filters={{ limit: 100 }} />}</Scene>
  ),
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('grid', undefined, { timeout: 5_000 });
    await expect(canvasElement.querySelectorAll('[role="row"]').length).toBeLessThan(80);
  },
};

function Queue({ projectId }: { projectId: string }) {
  const [openId, setOpenId] = useState<string | null>(null);
  return (
    <div key={openId} style={{ maxBlockSize: 'min(40rem, 80vh)', overflowY: 'auto' }}>
      {openId === null ? (
        <ContainerGrid
          projectId={projectId}
          filters={containerListPresets.needsReview}
          refreshInterval={5_000}
          variant="list"
          selectable
          onOpen={setOpenId}
        />
      ) : (
        <>
          <button type="button" onClick={() => setOpenId(null)}>
            Back
          </button>
          <ContainerScreen containerId={openId} headingLevel={3} />
        </>
      )}
    </div>
  );
}

/** What one decides the other sees within 5 s, and who is too late is told what was decided. */
export const TwoReviewers: Story = {
  name: 'Two people reviewing the same queue',
  parameters: { ground: 'sunken' },
  render: () => (
    <Scene options={{ containers: 60 }}>
      {({ simulator, projectId }) => (
        <div style={{ display: 'grid', gap: 24, gridTemplateColumns: 'repeat(auto-fit, minmax(min(320px, 100%), 1fr))' }}>
          {['Ada', 'Ben'].map((name) => (
            <Person key={name} simulator={simulator}>
              <section aria-label={name} style={{ minInlineSize: 0 }}>
                <h2>{name}</h2>
                <Queue projectId={projectId} />
              </section>
            </Person>
          ))}
        </div>
      )}
    </Scene>
  ),
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getAllByRole('grid')).toHaveLength(2), { timeout: 5_000 });
  },
};

function Life() {
  const [lives, setLives] = useState(1);
  return (
    <Scene key={lives} generation={twentySeconds}>
      {({ id }) => (
        <ContainerScreen
          containerId={id}
          headingLevel={2}
          stages={twentySeconds.stages.map(({ stage }) => stage)}
          onMakeAgain={() => setLives(lives + 1)}
        />
      )}
    </Scene>
  );
}

/** Queued, generated, finished, played, approved or rejected: 20 s on the screen of the person it is made for. */
export const WholeLife: Story = {
  name: 'A whole life on one screen',
  render: () => <Life />,
  play: async ({ canvas }) => {
    await canvas.findByRole('progressbar', undefined, { timeout: 5_000 });
  },
};
