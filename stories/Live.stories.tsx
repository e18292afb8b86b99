import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { ProgressBar, useFreshness, useGenerate, useTitleProgress } from '../src/index.js';
import { Scene, twentySeconds } from './support/Scene.js';

const meta = {
  title: 'Live/On the simulator',
  parameters: {
    docs: {
      description: { component: 'The hooks at work on the embedded simulator of the Layers API, in this page and without a network.' },
    },
  },
} satisfies Meta;
export default meta;

type Story = StoryObj<typeof meta>;

function Bar({ id }: { id: string }) {
  const [end, setEnd] = useState('');
  useTitleProgress(id);
  return (
    <div style={{ maxInlineSize: 420 }}>
      <ProgressBar
        containerId={id}
        stages={twentySeconds.stages.map(({ stage, durationMs }) => ({ stage, seconds: durationMs / 1000 }))}
        onComplete={() => setEnd('onComplete was called.')}
        onFail={() => setEnd('onFail was called.')}
      />
      <p>{end}</p>
    </div>
  );
}

/** The bar alone with its stages, through a whole life in 20 s; the share is in the title too. */
export const BarWithStages: Story = { render: () => <Scene generation={twentySeconds}>{({ id }) => <Bar id={id} />}</Scene> };

function FromAClick({ projectId }: { projectId: string }) {
  const generate = useGenerate(projectId);
  return (
    <div className="story-stack" style={{ maxInlineSize: 420 }}>
      <button
        type="button"
        disabled={generate.isPending}
        onClick={() => generate.mutate({ format: 'slideshow-builder', hook: 'A quiet morning' })}
      >
        Generate
      </button>
      {!generate.isIdle && <ProgressBar jobId={generate.data?.jobId} containerId={generate.data?.containerIds[0]} />}
      {generate.data && <ProgressBar jobId={generate.data.jobId} label="The same, from its job" />}
    </div>
  );
}

/** One bar from a click to the end, in a project where nothing was learned and without an ETA: the number is the share that the job tells. */
export const FromAClickToTheEnd: Story = {
  render: () => (
    <Scene options={{ generation: { ...twentySeconds, eta: 'none' } }}>{({ projectId }) => <FromAClick projectId={projectId} />}</Scene>
  ),
};

/** A life that ends in failure: the words are the container's own. */
export const Failure: Story = {
  render: () => (
    <Scene generation={{ ...twentySeconds, outcome: 'failed', endsAt: 0.4 }}>
      {({ id }) => (
        <div style={{ maxInlineSize: 420 }}>
          <ProgressBar containerId={id} />
        </div>
      )}
    </Scene>
  ),
};

function Freshness({ id }: { id: string }) {
  const { state, reason } = useFreshness(id);
  return (
    <p>
      <code>{reason === null ? state : `${state}: ${reason}`}</code>
    </p>
  );
}

/** Every third read fails or is refused: the last good data stays, and the bar says that updates are late. */
export const BadNetwork: Story = {
  render: () => (
    <Scene
      generation={twentySeconds}
      options={{
        faults: [
          { kind: 'html', status: 502, rate: 0.2 },
          { kind: 'drop', rate: 0.2 },
        ],
      }}
    >
      {({ id }) => (
        <div style={{ maxInlineSize: 420 }}>
          <ProgressBar containerId={id} />
          <Freshness id={id} />
        </div>
      )}
    </Scene>
  ),
};
