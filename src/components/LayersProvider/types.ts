import type { QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { LayersClient } from '../../schedule/scheduledClient.js';
import type { ProgressHistory } from '../../progress/history.js';
import type { StagePlan } from '../../progress/options.js';
import type { LayersMessages } from '../messages.js';

/** Props of `LayersProvider`: a `client`, or a `baseUrl` to make one from. */
export type LayersProviderProps = {
  /** The TanStack Query client to cache in. @default the nearest `QueryClientProvider`'s, else one of our own */
  queryClient?: QueryClient | undefined;
  /** BCP 47 tag for words, numbers and times. @default 'en' */
  locale?: string | undefined;
  /** Replaces words: single ones, or all by a pack such as `layers-react/locales/de`. */
  messages?: Partial<LayersMessages> | undefined;
  /**
   * How long stages took in containers finished before, from `onProgressHistory`: estimates rest on it. Read once for each client, and only while that has
   * learned nothing itself. Any JSON is safe. @default what the client has learned in this page
   */
  progressHistory?: ProgressHistory | null | undefined;
  /**
   * Called with all that is known of stage durations whenever a container that was followed from its start is completed, and again where its format is told
   * only afterwards: keep the last one, and give it back.
   */
  onProgressHistory?: ((history: ProgressHistory) => void) | undefined;
  /**
   * The stages to expect, in order, with `seconds`, how long each usually takes: estimates rest on them beside what is learned. For every format, or an object
   * of them by format (`{ 'ugc-remix': [{ stage: 'generating_visuals', seconds: 90 }] }`).
   */
  stages?: StagePlan | Readonly<Record<string, StagePlan>> | undefined;
  /**
   * Called with what a component of this library threw while it was drawn, and with that component's name. It shows a sentence in its own place, and tries again
   * with the next data. @default React tells the console
   */
  onError?: ((error: unknown, component: string) => void) | undefined;
  children?: ReactNode;
} & (
  | { client: LayersClient; baseUrl?: undefined }
  | {
      client?: undefined;
      /** Where your server part is mounted, such as `/api/layers`. */
      baseUrl: string;
    }
);
