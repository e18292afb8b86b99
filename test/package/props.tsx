// Compiled against the packed package by scripts/types.mjs, as a partner's code is: props that exist are taken, and others refused.
import type { ReactNode } from 'react';
import {
  ApprovalActions,
  ApprovalBadge,
  ContainerCard,
  ContainerGrid,
  ContainerScreen,
  createLayersClient,
  LayersProvider,
  PlatformFitNotice,
  PostDetails,
  PreviewPlayer,
  ProgressBar,
  StatusBadge,
  useContainer,
} from 'layers-react';
import { type LayersError, parseContainer } from 'layers-react/core';
import { createLayersServer } from 'layers-react/server';
import { createSimulator } from 'layers-react/testing';
import { messages } from 'layers-react/locales/de';

export function Right({ id }: { id: string }): ReactNode {
  const { data, error } = useContainer(id);
  const status: string | undefined = data?.status;
  const problem: LayersError | null = error;
  return (
    <LayersProvider client={createLayersClient({ baseUrl: '/api/layers' })} locale="de" messages={messages}>
      <ProgressBar containerId={id} stages aria-label={status} />
      <PreviewPlayer containerId={id} controls="minimal" onError={({ reason }) => reason.length} className={({ kind }) => kind} />
      <ApprovalBadge status="approved" />
      <StatusBadge containerId={id} title={problem?.message} />
      <PlatformFitNotice platformFit={data?.platformFit} />
      <PostDetails container={data} parts={{ speaker: ({ container }) => container.id }} />
      <ApprovalActions containerId={id} />
      <ContainerCard container={parseContainer({})} onOpen={(opened) => opened.length} />
      <ContainerGrid projectId="prj_1" selectable />
      <ContainerScreen containerId={id} headingLevel={2} />
    </LayersProvider>
  );
}

export const wrong = [
  // @ts-expect-error there is no such prop
  <ProgressBar key={1} containerId="cnt_1" value={40} />,
  // @ts-expect-error there are no such controls
  <PreviewPlayer key={2} containerId="cnt_1" controls="all" />,
  // @ts-expect-error there is no such prop
  <PreviewPlayer key={3} preview={null} source="a.mp4" />,
  // @ts-expect-error no status
  <StatusBadge key={4} status={7} />,
  // @ts-expect-error no approval status
  <ApprovalBadge key={5} status="done" />,
  // @ts-expect-error not an id
  <ContainerCard key={6} containerId={7} />,
  // @ts-expect-error neither a project nor containers
  <ContainerGrid key={7} selectable />,
  // @ts-expect-error neither an id nor a container
  <ContainerScreen key={8} />,
  // @ts-expect-error not a list
  <PlatformFitNotice key={9} platformFit="tiktok" />,
  // @ts-expect-error not an id
  <ApprovalActions key={10} containerId={7} />,
];

declare const environment: Record<string, string | undefined>;
declare function ownerOf(project: string, request: Request): Promise<boolean>;

export const server = createLayersServer({
  apiKey: environment['LAYERS_API_KEY'],
  authorize: async (request, target, help) => {
    // The kind says which ids there are.
    const id: string = target.kind === 'list' ? target.projectId : target.kind === 'job' ? target.jobId : target.containerId;
    const project = target.kind === 'list' ? target.projectId : await help.projectId();
    return project !== null && id !== '' && ownerOf(project, request);
  },
});

// @ts-expect-error there is no default: the key opens the whole organisation
createLayersServer({ apiKey: 'lp_1' });
export const simulator: typeof fetch = createSimulator().fetch;
