import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import {
  ApprovalBadge,
  ContainerCard,
  createLayersClient,
  LayersProvider,
  ProgressBar,
  useApproval,
  useContainer,
  useContainerList,
  useFreshness,
  useTitleProgress,
} from '../src/index.js';
import { useMessages } from '../src/provider/MessagesContext.js';
import { createSimulator, type SimulatorGeneration, type SimulatorOptions } from '../src/testing.js';

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

/** A simulated API of this page, a client for it, and one container. */
function makeScene(generation: SimulatorGeneration, options: SimulatorOptions = {}) {
  const simulator = createSimulator({ mediaBaseUrl: new URL('/media/', location.href).href, tier: 'off', generation, ...options });
  const client = createLayersClient({ baseUrl: 'https://layers.invalid', fetch: simulator.fetch });
  return { simulator, client, id: simulator.addContainer({ format: 'ugc-remix' }), projectId: simulator.projectIds[0] ?? '' };
}

function Scene({
  generation,
  options,
  children,
}: {
  generation: SimulatorGeneration;
  options?: SimulatorOptions;
  children: (scene: ReturnType<typeof makeScene>) => React.ReactNode;
}) {
  const [scene] = useState(() => makeScene(generation, options));
  const { locale, messages } = useMessages();
  return (
    <LayersProvider client={scene.client} locale={locale} messages={messages}>
      {children(scene)}
    </LayersProvider>
  );
}

const twentySeconds: SimulatorGeneration = {
  kind: 'video',
  queuedMs: 2_000,
  stages: [
    { stage: 'writing_script', durationMs: 3_000 },
    { stage: 'generating_visuals', durationMs: 10_000 },
    { stage: 'adding_voice', durationMs: 3_000 },
    { stage: 'finalizing', durationMs: 2_000 },
  ],
};

function Review({ id }: { id: string }) {
  const { data: container } = useContainer(id);
  const approval = useApproval(id);
  if (container?.status !== 'completed') return null;
  return (
    <p style={{ display: 'flex', gap: 12, alignItems: 'center', marginBlockStart: 16 }}>
      <ApprovalBadge status={container.approvalStatus} showNotRequired />
      {container.approvalStatus === 'pending' && (
        <button type="button" disabled={approval.isPending} onClick={() => approval.mutate({ decision: 'approve' })}>
          Approve
        </button>
      )}
    </p>
  );
}

/** Queued, generated, finished, played, approved: a whole life in 20 s. */
export const WholeLife: Story = {
  render: () => (
    <Scene generation={twentySeconds}>
      {({ id }) => (
        <div style={{ maxInlineSize: 240 }}>
          <ContainerCard containerId={id} />
          <Review id={id} />
        </div>
      )}
    </Scene>
  ),
};

function Bar({ id }: { id: string }) {
  const [end, setEnd] = useState('');
  useTitleProgress(id);
  return (
    <div style={{ maxInlineSize: 420 }}>
      <ProgressBar
        containerId={id}
        stages={twentySeconds.stages?.map(({ stage, durationMs }) => ({ stage, seconds: durationMs / 1000 }))}
        onComplete={() => setEnd('onComplete was called.')}
        onFail={() => setEnd('onFail was called.')}
      />
      <p>{end}</p>
    </div>
  );
}

/** The bar alone with its stages, through a whole life in 20 s; the share is in the title too. */
export const BarWithStages: Story = { render: () => <Scene generation={twentySeconds}>{({ id }) => <Bar id={id} />}</Scene> };

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

function Library({ projectId }: { projectId: string }) {
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage } = useContainerList(projectId, { limit: 8 });
  return (
    <>
      <div style={{ display: 'grid', gap: 16, gridTemplateColumns: 'repeat(auto-fill, minmax(160px, 1fr))' }}>
        {data?.containers.map((container) => (
          <ContainerCard key={container.id} container={container} />
        ))}
      </div>
      {hasNextPage && (
        <button type="button" style={{ marginBlockStart: 16 }} disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
          Load more
        </button>
      )}
    </>
  );
}

/** A project's containers, page by page. */
export const List: Story = {
  render: () => (
    <Scene generation={twentySeconds} options={{ containers: 40 }}>
      {({ projectId }) => <Library projectId={projectId} />}
    </Scene>
  ),
};
