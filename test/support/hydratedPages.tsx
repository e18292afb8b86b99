import { dehydrate, type DehydratedState, hydrate, QueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { containerListOptions, containerOptions, containerProgressOptions } from '../../src/core.js';
import {
  ApprovalActions,
  ApprovalBadge,
  ContainerCard,
  ContainerGrid,
  ContainerScreen,
  createLayersClient,
  LayersProvider,
  PreviewPlayer,
  ProgressBar,
  StatusBadge,
} from '../../src/index.js';
import { createSimulator } from '../../src/testing.js';

/** States of a container that a page is made of on a server and taken over in a browser. */
export const STATES = ['queued', 'processing', 'completed', 'failed', 'canceled', 'approved', 'rejected'] as const;
export type HydratedState = (typeof STATES)[number];

const PROJECT = 'project';
const ID = 'cnt_hydrated';
const nothing = () => new Promise<never>(() => {});

/** Every component that follows a container or a list, over data that was read before. */
export function hydratedPage(state: DehydratedState): ReactElement {
  const queryClient = new QueryClient();
  hydrate(queryClient, state);
  const client = createLayersClient({ baseUrl: 'https://hydrated.invalid', fetch: nothing, shareTabs: false });
  return (
    <LayersProvider client={client} queryClient={queryClient}>
      <ContainerScreen containerId={ID} titleProgress />
      <ContainerCard containerId={ID} />
      <ContainerGrid projectId={PROJECT} filters={{ limit: 20 }} selectable />
      <ProgressBar containerId={ID} stages />
      <PreviewPlayer containerId={ID} />
      <ApprovalBadge containerId={ID} />
      <StatusBadge containerId={ID} />
      <ApprovalActions containerId={ID} />
    </LayersProvider>
  );
}

/** What was read of a container in a state, and of its list. */
export async function prefetched(state: HydratedState): Promise<DehydratedState> {
  const api = createSimulator({ tier: 'off', projectIds: [PROJECT] });
  const approvalStatus = state === 'approved' || state === 'rejected' ? state : 'pending';
  const isEnded = state === 'approved' || state === 'rejected';
  const stages = [{ stage: 'generating_visuals', durationMs: 1_000_000 }];
  const inFlight = { queuedMs: state === 'queued' ? 1_000_000 : 0, stages, kind: 'video', eta: 'exact' } as const;
  if (state === 'queued' || state === 'processing') api.addContainer({ id: ID, projectId: PROJECT, generation: inFlight });
  else api.addContainer({ id: ID, projectId: PROJECT, state: isEnded ? 'completed' : state, approvalStatus });
  const client = createLayersClient({ baseUrl: 'https://hydrated.invalid', fetch: api.fetch, shareTabs: false });
  const queryClient = new QueryClient();
  await Promise.all([
    queryClient.prefetchQuery(containerOptions(client, ID) as never),
    queryClient.prefetchQuery(containerProgressOptions(client, ID) as never),
    queryClient.prefetchQuery(containerListOptions(client, PROJECT, { limit: 20 }) as never),
  ]);
  const dehydrated = JSON.parse(JSON.stringify(dehydrate(queryClient))) as DehydratedState;
  client.close();
  return dehydrated;
}
