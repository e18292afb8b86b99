'use client';
import { notifyManager, QueryClient, QueryClientContext, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { createLayersClient } from '../client/createLayersClient.js';
import type { LayersClient } from '../client/LayersClient.js';
import { LayersError } from '../model/errors.js';
import type { ProgressHistory } from '../progress/history.js';
import { progressHistoryOf } from '../queries/progressHistory.js';
import { LayersContext } from './LayersContext.js';
import { LiveRegion } from './LiveRegion.js';
import { MessagesContext } from './MessagesContext.js';
import { englishMessages, type LayersMessages } from './messages.js';
import { useContainerRecord } from './useContainerRecord.js';

/** Props of {@link LayersProvider}: a `client`, or a `baseUrl` to make one from. */
export type LayersProviderProps = {
  /** The TanStack Query client to cache in. @default the nearest `QueryClientProvider`'s, else one of our own */
  queryClient?: QueryClient | undefined;
  /** BCP 47 tag for words, numbers and times. @default 'en' */
  locale?: string | undefined;
  /** Replaces words of the catalogue: single ones, or all by a pack such as `layers-react/locales/de`. */
  messages?: Partial<LayersMessages> | undefined;
  /**
   * How long stages took in containers finished before, from `onProgressHistory`: estimates rest on it. Read once for each client, and only while that has
   * learned nothing itself. Any JSON is safe. @default what the client has learned in this page
   */
  progressHistory?: ProgressHistory | null | undefined;
  /** Called with all that is known of stage durations whenever a container that was followed from its start is completed: keep it, and give it back. */
  onProgressHistory?: ((history: ProgressHistory) => void) | undefined;
  children?: ReactNode;
} & (
  | { client: LayersClient; baseUrl?: undefined }
  | {
      client?: undefined;
      /** Where your server part is mounted, such as `/api/layers`. */
      baseUrl: string;
    }
);

/**
 * Gives the hooks and components below it a Layers client and a cache. Put one round your app, inside your `QueryClientProvider` if you have one.
 *
 * @example
 * <LayersProvider baseUrl="/api/layers">
 *   <Dashboard />
 * </LayersProvider>
 *
 * @throws LayersError `INVALID_INPUT` with neither `client` nor `baseUrl`
 */
export function LayersProvider({
  client: given,
  baseUrl,
  queryClient: asked,
  locale,
  messages,
  progressHistory,
  onProgressHistory,
  children,
}: LayersProviderProps) {
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
  const value = useMemo(() => queryClient && { client, queryClient, useContainerRecord }, [client, queryClient]);
  const words = useMemo(() => ({ locale: locale ?? 'en', messages: { ...englishMessages, ...messages } }), [locale, messages]);

  useEffect(() => {
    client.reads.batchWith((updates) => notifyManager.batch(updates));
    // One that was made here goes with this provider; mounted again (StrictMode), it takes up the page by itself.
    if (!given) return () => client.close();
    return undefined;
  }, [client, given]);

  const history = useRef({ progressHistory, onProgressHistory });
  useEffect(() => {
    history.current = { progressHistory, onProgressHistory };
  });
  useEffect(() => {
    const store = progressHistoryOf(client);
    const learned = (next: ProgressHistory) => history.current.onProgressHistory?.(next);
    store.seed(history.current.progressHistory);
    store.listeners.add(learned);
    return () => {
      store.listeners.delete(learned);
    };
  }, [client]);

  // Without this a client outside of a QueryClientProvider never learns that the page was hidden or seen again.
  useEffect(() => {
    queryClient?.mount();
    return () => queryClient?.unmount();
  }, [queryClient]);

  const content = (
    <LayersContext.Provider value={value ?? null}>
      <MessagesContext.Provider value={words}>
        <LiveRegion layers={value ?? null} words={words}>
          {children}
        </LiveRegion>
      </MessagesContext.Provider>
    </LayersContext.Provider>
  );
  return nearest === undefined && queryClient ? <QueryClientProvider client={queryClient}>{content}</QueryClientProvider> : content;
}
