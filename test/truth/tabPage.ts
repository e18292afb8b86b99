import { QueryClient, QueryObserver } from '@tanstack/react-query';
import * as core from '../../src/core.js';

/** What a page of its own gives the test that opened it: modules of its own, and with them all that they keep. */
export interface TabPage {
  core: typeof core;
  QueryClient: typeof QueryClient;
  QueryObserver: typeof QueryObserver;
}

Object.assign(window, { layersTab: { core, QueryClient, QueryObserver } satisfies TabPage });
