import { afterEach, beforeEach, vi } from 'vitest';
import type { Container, ContainerProgress, LayersClient, LayersClientOptions } from '../../src/core.js';
import type { Simulator } from '../../src/testing.js';
import { fence } from '../support/fence.js';
import { nextTask } from '../support/nextTask.js';
import { isOver, type SentRequest, stopTime } from './support.js';
import type { TabPage } from './tabPage.js';

/** For every test of a file that opens tabs: a stopped clock, nothing stored before, and no tab left open after it. */
export function setUpTabs(): void {
  // Several documents on one clock: that takes a slow machine a while.
  vi.setConfig({ testTimeout: 60_000 });
  beforeEach(() => {
    localStorage.clear();
    stopTime();
  });
  afterEach(() => {
    closeTabs();
    vi.useRealTimers();
  });
}

/** Another tab of this origin: a document of its own, with modules, locks and channels of its own, on the clock of the test. */
export interface Tab {
  client: LayersClient;
  sent: SentRequest[];
  follow(id: string, hooks?: ('container' | 'progress')[]): Followed;
  hide(): void;
  show(): void;
  /** Closes the client; the document stays. */
  close(): void;
  /** Closes the document, as a person closes a tab. */
  leave(): void;
}

interface Followed {
  id: string;
  container(): Container | undefined;
  progress(): ContainerProgress | undefined;
  /** When each hook first had data, and first said that it is over. */
  first: { container: number | null; progress: number | null };
  over: { container: number | null; progress: number | null };
  refetch(): void;
}

let frames: HTMLIFrameElement[] = [];
let closing: (() => void)[] = [];

const CLOCK = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'];

/** Opens a tab on an API. Tabs of one `scope` share what they read. */
export async function openTab(simulator: Simulator, scope: string, options: Partial<LayersClientOptions> = {}): Promise<Tab> {
  const frame = document.createElement('iframe');
  const takeClock = `for (const name of ${JSON.stringify(CLOCK)}) window[name] = parent[name];`;
  frame.srcdoc = `<script>${takeClock}</script><script type="module" src="/test/truth/tabPage.ts"></script>`;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  frames.push(frame);
  await loaded;
  const { core, QueryClient, QueryObserver } = (frame.contentWindow as unknown as { layersTab: TabPage }).layersTab;
  const page = frame.contentDocument as Document;

  const sent: SentRequest[] = [];
  const client = core.createLayersClient({
    baseUrl: 'https://tabs.invalid',
    scope,
    shareTabs: true,
    fetch: async (url, init) => {
      const { pathname, search } = new URL(url);
      const request: SentRequest = { method: init.method ?? 'GET', path: pathname + search, at: Date.now(), status: 0 };
      sent.push(request);
      const response = await simulator.fetch(url, init);
      request.status = response.status;
      return response;
    },
    ...options,
  });
  const queryClient = new QueryClient();
  queryClient.mount();
  const stops: (() => void)[] = [];
  const become = (state: DocumentVisibilityState) => {
    Object.defineProperty(page, 'visibilityState', { configurable: true, get: () => state });
    Object.defineProperty(page, 'hidden', { configurable: true, get: () => state === 'hidden' });
    page.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  };
  const tab: Tab = {
    client,
    sent,
    follow: (id, hooks = ['container', 'progress']) => {
      const first: Followed['first'] = { container: null, progress: null };
      const over: Followed['over'] = { container: null, progress: null };
      const watch = (hook: 'container' | 'progress') => {
        const asked = hook === 'container' ? core.containerOptions(client, id) : core.containerProgressOptions(client, id);
        const observer = new QueryObserver(queryClient, asked as never);
        const note = (data: unknown) => {
          const status = (data as Container | undefined)?.status;
          if (status !== undefined) first[hook] ??= Date.now();
          if (isOver(status)) over[hook] ??= Date.now();
        };
        if (hooks.includes(hook)) stops.push(observer.subscribe(({ data }) => note(data)));
        note(observer.getCurrentResult().data);
        return observer;
      };
      const [record, progress] = [watch('container'), watch('progress')];
      return {
        id,
        first,
        over,
        container: () => record.getCurrentResult().data as Container | undefined,
        progress: () => progress.getCurrentResult().data as ContainerProgress | undefined,
        refetch: () => void (hooks.includes('container') ? record : progress).refetch(),
      };
    },
    hide: () => become('hidden'),
    show: () => become('visible'),
    close: () => {
      for (const stop of stops.splice(0)) stop();
      client.close();
    },
    leave: () => frame.remove(),
  };
  closing.push(() => tab.close());
  return tab;
}

/** Closes every tab that a test opened. */
function closeTabs(): void {
  for (const close of closing) close();
  for (const frame of frames) frame.remove();
  closing = [];
  frames = [];
}

/** Lets time go by in small steps, and after each lets what tabs say and ask of the browser arrive. */
export async function tickTabs(milliseconds: number, step = 100): Promise<void> {
  for (let left = milliseconds; left > 0; left -= step) {
    await vi.advanceTimersByTimeAsync(Math.min(step, left));
    for (let turn = 0; turn < 2; turn += 1) {
      await nextTask();
      await fence();
    }
  }
}
