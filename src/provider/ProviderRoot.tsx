'use client';
import { notifyManager, QueryClient, QueryClientContext, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { callHost } from '../internal/callHost.js';
import { usableLocale } from '../internal/locale.js';
import { LayersError } from '../model/errors.js';
import type { ProgressHistory } from '../progress/history.js';
import type { StagePlan } from '../progress/options.js';
import { batchBy } from '../queries/batch.js';
import { cacheOf } from '../queries/cacheOf.js';
import { progressHistoryOf } from '../queries/progressHistory.js';
import type { ContainerReads } from './ContainerReads.js';
import { LayersContext } from './LayersContext.js';
import { LiveRegion } from './LiveRegion.js';
import { createLayersClient } from '../queries/createLayersClient.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import { MessagesContext } from './MessagesContext.js';

/** What a provider is given; a `client`, or a `baseUrl` to make one from. */
export interface ProviderRootProps {
  client?: LayersClient | undefined;
  baseUrl?: string | undefined;
  queryClient?: QueryClient | undefined;
  locale?: string | undefined;
  /** Words in place of the components' own. */
  messages?: object | undefined;
  progressHistory?: ProgressHistory | null | undefined;
  onProgressHistory?: ((history: ProgressHistory) => void) | undefined;
  /** The stages to expect, of every format or by format. */
  stages?: StagePlan | Readonly<Record<string, StagePlan>> | undefined;
  /** Called with what a component threw while it was drawn, and with its name: it shows a sentence in its place meanwhile. @default React tells the console */
  onError?: ((error: unknown, component: string) => void) | undefined;
  /** How the components below follow a container. */
  reads: ContainerReads;
  children?: ReactNode;
}

/** Hands on what components threw to whoever listens at the time. */
class HostErrors {
  #listener: ProviderRootProps['onError'];

  constructor(listener: ProviderRootProps['onError']) {
    this.#listener = listener;
  }

  listen(listener: ProviderRootProps['onError']): void {
    this.#listener = listener;
  }

  readonly report = (error: unknown, component: string): void => callHost(this.#listener, error, component);
}

/** Holds the client, the cache, the words and the live region of `LayersProvider`. */
export function ProviderRoot({
  client: given,
  baseUrl,
  queryClient: asked,
  locale,
  messages,
  progressHistory,
  onProgressHistory,
  stages,
  onError,
  reads,
  children,
}: ProviderRootProps) {
  const nearest = useContext(QueryClientContext);
  const [own] = useState(() => ((asked ?? nearest) ? undefined : new QueryClient()));
  const client = useMemo(() => {
    if (given) return given;
    if (baseUrl !== undefined) return createLayersClient({ baseUrl });
    throw new LayersError({
      code: 'INVALID_INPUT',
      message:
        'layers-react: <LayersProvider> needs a client or a baseUrl, so that it knows which server to ask. Pass baseUrl="/api/layers".',
    });
  }, [given, baseUrl]);
  const queryClient = asked ?? nearest ?? own;
  const latest = useRef({ progressHistory, onProgressHistory });
  const [host] = useState(() => new HostErrors(onError));
  useEffect(() => {
    latest.current = { progressHistory, onProgressHistory };
    host.listen(onError);
  });
  const value = useMemo(() => {
    if (!queryClient) return undefined;
    // Before the first observer comes: the scheduler learns of it by that.
    batchBy((updates) => notifyManager.batch(updates));
    cacheOf(client, queryClient);
    return { client, queryClient, reads, report: host.report };
  }, [client, queryClient, reads, host]);
  const words = useMemo(() => ({ locale: usableLocale(locale), messages: messages ?? {} }), [locale, messages]);

  const inUse = useRef<LayersClient>(undefined);
  useEffect(() => {
    inUse.current = client;
    return () => {
      inUse.current = undefined;
      // One that was made here goes with this provider, but not where that is mounted again at once (StrictMode): its reads are under way.
      if (!given) queueMicrotask(() => inUse.current === client || client.close());
    };
  }, [client, given]);

  useEffect(() => {
    const store = progressHistoryOf(client);
    const learned = (next: ProgressHistory) => callHost(latest.current.onProgressHistory, next);
    store.seed(latest.current.progressHistory);
    return store.learned.add(learned);
  }, [client]);

  useEffect(() => progressHistoryOf(client).expect(stages), [client, stages]);

  // Without this a client outside of a QueryClientProvider never learns that the page was hidden or seen again.
  useEffect(() => {
    queryClient?.mount();
    return () => queryClient?.unmount();
  }, [queryClient]);

  const content = (
    <LayersContext.Provider value={value ?? null}>
      <MessagesContext.Provider value={words}>
        <LiveRegion layers={value ?? null}>{children}</LiveRegion>
      </MessagesContext.Provider>
    </LayersContext.Provider>
  );
  return nearest === undefined && queryClient ? <QueryClientProvider client={queryClient}>{content}</QueryClientProvider> : content;
}
