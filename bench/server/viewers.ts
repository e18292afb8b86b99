import { monitorEventLoopDelay } from 'node:perf_hooks';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { isOver } from '../reads/rowWatch.js';
import type { SlotLife } from './api.js';
import { type Browser, byHand, loadLibrary, type State } from './browsers.js';
import { answer } from './child.js';
import { authorizationOf, browserFetch, CONNECTIONS, LightViewer } from './connections.js';

export interface ViewersSettings {
  /** The full clients of this process, each with the light viewers that repeat its requests. */
  viewers: { full: number; light: number[] }[];
  urls: string[];
  /** The built package; `null`: by hand. */
  dist: string | null;
  push: boolean;
  projectId: string;
  lives: SlotLife[];
  /** Of one viewer at once: 6 over HTTP/1.1, a hundred over HTTP/2. @default 6 */
  connections?: number;
}

/** What the full clients of one process saw. Times in milliseconds. */
export interface ViewersSeen {
  /** From a container's end to the moment at which every hook of a viewer had it; `null`: not yet. */
  ends: { id: string; waited: number | null }[];
  /** When a viewer first had the approval of a container, in milliseconds since 1970. */
  approvals: { id: string; at: number }[];
  ages: Record<'read' | 'progress', number[]>;
  cpuSeconds: number;
  rss: number;
  /** How late the timers of this process were: the 99th percentile. */
  lateMs: number;
}

interface Row {
  life: SlotLife;
  isOnScreen: boolean;
  mountedAt: number;
  endedAt: number | null;
  approvedAt: number | null;
  observers: QueryObserver<State>[];
  browser: Browser;
}

const PLACES = 200;
const ON_SCREEN = 10;
const SAMPLE_MS = 2_000;
/** Light viewers ask up to this much later than the client whose requests they repeat. */
const SPREAD_MS = 2_000;

/** Many viewers in one process, each full client with a cache and connections of its own. */
export async function runViewers({
  viewers,
  urls,
  dist,
  push,
  projectId,
  lives,
  connections = CONNECTIONS,
}: ViewersSettings): Promise<void> {
  const library = dist === null ? byHand : await loadLibrary(dist, push);
  const urlOf = (viewer: number) => urls[viewer % urls.length] as string;
  const rows: Row[] = [];
  const ages: ViewersSeen['ages'] = { read: [], progress: [] };
  const late = monitorEventLoopDelay();
  late.enable();

  const mounted = viewers.map(({ full, light }) => {
    const queryClient = new QueryClient();
    queryClient.mount();
    const own = browserFetch(connections);
    const baseUrl = urlOf(full);
    const repeating = light.map(
      (viewer, index) => new LightViewer(viewer, urlOf(viewer), ((index + 1) / light.length) * SPREAD_MS, connections),
    );
    const fetch = (url: string, init: RequestInit = {}) => {
      for (const each of repeating) each.repeat(url.slice(baseUrl.length), init);
      return own(url, init);
    };
    const browser = library({ queryClient, baseUrl, fetch, authorization: authorizationOf(full) });
    browser.list(projectId);
    return { viewer: full, queryClient, browser };
  });
  const follow = (life: SlotLife) => {
    for (const { viewer, queryClient, browser } of mounted) {
      const place = life.isOld ? life.slot : placeOf(viewer, life.slot);
      if (place !== null) rows.push(mountRow(life, place < ON_SCREEN, queryClient, browser));
    }
  };
  for (const life of lives) follow(life);
  setInterval(() => {
    const now = Date.now();
    for (const row of rows) if (row.isOnScreen && row.endedAt === null && row.life.endsAt > now) sample(row, now, ages);
  }, SAMPLE_MS);
  process.on('message', (message: { life?: SlotLife; asks?: 'begin' | 'end' }) => {
    if (message.life) return follow(message.life);
    if (message.asks === 'begin') {
      ages.read.length = 0;
      ages.progress.length = 0;
      late.reset();
    }
    const { user, system } = process.cpuUsage();
    const ends = rows.map(({ life, endedAt }) => ({ id: life.id, waited: endedAt && Math.max(0, endedAt - life.endsAt) }));
    const approvals = rows.flatMap(({ life: { id }, approvedAt: at }) => (at === null ? [] : [{ id, at }]));
    const [cpuSeconds, { rss }, lateMs] = [(user + system) / 1e6, process.memoryUsage(), late.percentile(99) / 1e6];
    answer({ ends: message.asks === 'begin' ? [] : ends, approvals, ages, cpuSeconds, rss, lateMs } satisfies ViewersSeen);
  });
  answer({});
}

/** Viewers follow 10, 20, 30, 40 or 50 neighbouring places of 200, the first ten on screen, spread so that every place has viewers. `null`: not followed. */
function placeOf(viewer: number, slot: number): number | null {
  const place = (((slot - viewer * 37) % PLACES) + PLACES) % PLACES;
  return place < 10 + (viewer % 5) * 10 ? place : null;
}

function mountRow(life: SlotLife, isOnScreen: boolean, queryClient: QueryClient, browser: Browser): Row {
  const hide = browser.show(life.id, isOnScreen);
  const observers = browser.row(life.id).map((options) => new QueryObserver(queryClient, { ...options, notifyOnChangeProps: ['data'] }));
  const row: Row = { life, isOnScreen, mountedAt: Date.now(), endedAt: null, approvedAt: null, observers, browser };
  const look = () => {
    if (observers[0]?.getCurrentResult().data?.approvalStatus === 'approved') row.approvedAt ??= Date.now();
    if (row.endedAt !== null || !observers.every((observer) => isOver(observer.getCurrentResult().data?.status))) return;
    row.endedAt = Date.now();
    // A row leaves once its viewer knows the end. Not while it is told of it. What had ended before stays.
    if (!life.isOld) queueMicrotask(leave);
  };
  const stops = observers.map((observer) => observer.subscribe(look));
  const leave = () => {
    for (const stop of stops) stop();
    hide();
    row.observers = [];
  };
  return row;
}

/** Notes how old what is on screen is: since anything about the container was read, and since the API made the progress that is shown. */
function sample({ life, mountedAt, observers, browser }: Row, now: number, ages: ViewersSeen['ages']): void {
  const results = observers.map((observer) => observer.getCurrentResult());
  const readAt = browser.readAt(life.id) ?? Math.max(...results.map(({ dataUpdatedAt }) => dataUpdatedAt));
  const madeAt = Date.parse(results.at(-1)?.data?.updatedAt ?? '');
  ages.read.push(now - Math.max(readAt, mountedAt));
  ages.progress.push(now - Math.max(Number.isNaN(madeAt) ? 0 : madeAt, mountedAt));
}
