import { environmentManager, QueryClient, QueryObserver } from '@tanstack/react-query';
import { vi } from 'vitest';
import {
  type Container,
  type ContainerProgress,
  type ContainerStatus,
  containerKey,
  containerOptions,
  containerProgressOptions,
  createLayersClient,
  type Freshness,
  type LayersClient,
  type LayersClientOptions,
} from '../../src/core.js';
import { stopTime as stop } from '../support/time.js';
import { createSimulator, type Simulator, type SimulatorGeneration, type SimulatorOptions } from '../../src/testing.js';

// TanStack Query behaves differently where it believes to be on a server.
environmentManager.setIsServer(() => false);

let day = 0;

/** Makes time stand still, at a later moment for each test: a clock that is set back between two tests would move what one learned of it. */
export function stopTime(): void {
  day += 1;
  stop();
  vi.setSystemTime(Date.UTC(2030, 0, day));
}

/** One request as it left a page. */
export interface SentRequest {
  method: string;
  path: string;
  at: number;
  /** 0 until an answer has come. */
  status: number;
}

/** One open page: a client, its cache, and what it sent. */
export interface Page {
  simulator: Simulator;
  client: LayersClient;
  queryClient: QueryClient;
  projectId: string;
  sent: SentRequest[];
  /** Server time of the last answer that arrived and told of a container, by key. */
  toldAt: Map<string, number>;
  /** Paths of the GETs so far that match. */
  reads(pattern?: RegExp): string[];
  close(): void;
}

let opened: Page[] = [];
let pages = 0;

/** Opens a page on a simulated API. `standard` tier, with the latency of a real network. */
export function openPage(options: SimulatorOptions = {}, clientOptions: Partial<LayersClientOptions> = {}): Page {
  const simulator = createSimulator({ tier: 'standard', faults: [LATENCY], ...options });
  return openPageOf(simulator, clientOptions);
}

export const LATENCY = { kind: 'latency', latencyMs: [40, 160] } as const;

/** Opens another page on the same API. */
export function openPageOf(simulator: Simulator, clientOptions: Partial<LayersClientOptions> = {}): Page {
  pages += 1;
  const sent: SentRequest[] = [];
  const toldAt = new Map<string, number>();
  const { fetch = simulator.fetch, ...rest } = clientOptions;
  const client = createLayersClient({
    baseUrl: `https://truth-${pages}.invalid`,
    scope: `person-${pages}`,
    fetch: async (url, init) => {
      const { pathname, search } = new URL(url, 'https://truth.invalid');
      const request: SentRequest = { method: init.method ?? 'GET', path: pathname + search, at: Date.now(), status: 0 };
      sent.push(request);
      const response = await fetch(url, init);
      request.status = response.status;
      if (request.method !== 'GET' || !response.ok) return response;
      const text = await response.text();
      for (const id of containersIn(pathname, text)) toldAt.set(id, request.at);
      return new Response(response.status === 304 ? null : text, { status: response.status, headers: response.headers });
    },
    ...rest,
  });
  const queryClient = new QueryClient();
  queryClient.mount();
  const page: Page = {
    simulator,
    client,
    queryClient,
    projectId: simulator.projectIds[0] as string,
    sent,
    toldAt,
    reads: (pattern = /./) => sent.filter(({ method, path }) => method === 'GET' && pattern.test(path)).map(({ path }) => path),
    close: () => {
      client.close();
      queryClient.clear();
      queryClient.unmount();
    },
  };
  opened.push(page);
  return page;
}

/** Closes every page that a test opened. */
export function closePages(): void {
  for (const page of opened) page.close();
  opened = [];
}

function containersIn(path: string, text: string): string[] {
  const one = /\/content\/([^/]+)(\/progress)?$/.exec(path)?.[1];
  if (one !== undefined && !path.includes('/projects/')) return [containerKey(one)];
  if (!/\/projects\/[^/]+\/content$/.test(path)) return [];
  return [...text.matchAll(/"id":"(cnt_[^"]+)"/g)].map(([, id]) => containerKey(id as string));
}

export const isList = /\/projects\/[^/]+\/content/;
export const isProgress = /\/progress$/;
export const isDetail = /\/v1\/content\/[^/?]+$/;

export const isOver = (status: ContainerStatus | undefined) => status === 'completed' || status === 'failed' || status === 'canceled';

/** A row as partners build it, without React: both hooks' queries on one container, and word of where it is on the page. */
export interface Row {
  id: string;
  /** When each hook first had data, and first said that the container is over. */
  first: { container: number | null; progress: number | null };
  over: { container: number | null; progress: number | null };
  container(): Container | undefined;
  progress(): ContainerProgress | undefined;
  /** What either hook says that failed. */
  error(): Error | null;
  freshness(): Freshness;
  refetch(): void;
  scroll(onScreen: boolean): void;
  stop(): void;
}

/** Follows a container with the hooks named; `onScreen` left out: nobody says where it is. */
export function followRow(
  page: Page,
  id: string,
  onScreen?: boolean,
  hooks: ('container' | 'progress')[] = ['container', 'progress'],
): Row {
  const { client, queryClient } = page;
  const token = {};
  const first: Row['first'] = { container: null, progress: null };
  const over: Row['over'] = { container: null, progress: null };
  let hide = onScreen === undefined ? () => {} : client.schedule.show(id, token, onScreen);
  const note = (what: 'container' | 'progress', status: ContainerStatus | undefined) => {
    if (status !== undefined) first[what] ??= Date.now();
    if (isOver(status)) over[what] ??= Date.now();
  };
  const record = new QueryObserver(queryClient, containerOptions(client, id) as never) as QueryObserver<Container, Error>;
  const progress = new QueryObserver(queryClient, containerProgressOptions(client, id) as never) as QueryObserver<ContainerProgress, Error>;
  const stops: (() => void)[] = [];
  if (hooks.includes('container')) {
    stops.push(record.subscribe(({ data }) => note('container', data?.status)));
    note('container', record.getCurrentResult().data?.status);
  }
  if (hooks.includes('progress')) {
    stops.push(progress.subscribe(({ data }) => note('progress', data?.status)));
    note('progress', progress.getCurrentResult().data?.status);
  }
  return {
    id,
    first,
    over,
    container: () => record.getCurrentResult().data,
    progress: () => progress.getCurrentResult().data,
    error: () => record.getCurrentResult().error ?? progress.getCurrentResult().error,
    freshness: () => client.schedule.freshness(id),
    refetch: () => void (hooks.includes('container') ? record : progress).refetch(),
    scroll: (isSeen) => {
      hide = client.schedule.show(id, token, isSeen);
    },
    stop: () => {
      for (const stop of stops) stop();
      hide();
    },
  };
}

/** A generation of one long stage and a short one that ends `durationMs` after it began. */
export const lasting = (durationMs: number): SimulatorGeneration => ({
  queuedMs: 0,
  stages: [
    { stage: 'generating_visuals', durationMs: Math.round(durationMs * 0.8) },
    { stage: 'finalizing', durationMs: durationMs - Math.round(durationMs * 0.8) },
  ],
  kind: 'video',
  outcome: 'completed',
  eta: 'exact',
});

export { busiestMinute, quantile, randomFrom, tick } from './measure.js';
