import '../../../src/styles/index.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { createLayersClient, LayersProvider } from '../../../src/index.js';
import { createSimulator } from '../../../src/testing.js';
import { type How, latest, lists } from './lists.js';

/** What one way of showing 10,000 containers costs; times in milliseconds. */
export interface ScreenFigures {
  how: How;
  mount: number;
  appends: number[];
  nodes: number;
  cardRenders: number;
  statusChange: number;
  frames: number[];
  mostNodes: number;
  mostVideos: number;
}

declare global {
  interface Window {
    prepareList(how: How, rows: number, pageSize: number): Promise<void>;
    measureScreen(appends: number): Promise<ScreenFigures>;
  }
}

/** Where a frame takes a second, fewer of them say as much. */
const LONGEST_SCROLL_MS = 10_000;

const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
const nodes = () => document.getElementsByTagName('*').length;

/** From a call until what it changed is on the screen. */
async function untilDrawn(begin: () => unknown, isDone: () => boolean): Promise<number> {
  const start = performance.now();
  void begin();
  while (!isDone()) await frame();
  await frame();
  return performance.now() - start;
}

let scene: { how: How; rows: number; simulator: ReturnType<typeof createSimulator>; ids: string[]; mount: () => void } | undefined;

window.prepareList = async (how, rows, pageSize) => {
  const simulator = createSimulator({ tier: 'off', mediaBaseUrl: new URL('/media/', location.href).href });
  const now = Date.now();
  const ids = Array.from({ length: rows + 40 * pageSize }, (_, index) =>
    simulator.addContainer({ state: 'completed', createdAt: now - 100_000_000 + index * 1_000 }),
  );
  const queryClient = new QueryClient();
  const client = createLayersClient({ baseUrl: 'https://ours.invalid', fetch: simulator.fetch, readsPerMinute: 100_000 });
  const List = lists[how];
  const draw = () => {
    const root = createRoot(document.getElementById('root') as HTMLElement);
    root.render(
      <QueryClientProvider client={queryClient}>
        <LayersProvider client={client}>
          <List simulator={simulator} pageSize={pageSize} />
        </LayersProvider>
      </QueryClientProvider>,
    );
    return root;
  };
  const root = draw();
  while ((latest.shown?.count ?? 0) < rows) {
    await frame();
    if (latest.shown && latest.shown.count > 0 && !latest.shown.isFetching) await latest.shown.loadMore();
  }
  await frame();
  // Mounted again with all that is loaded, as on return from another page.
  root.unmount();
  latest.shown = undefined;
  await frame();
  scene = { how, rows, simulator, ids, mount: draw };
};

window.measureScreen = async (appends) => {
  if (!scene) throw new Error('There is no list to measure.');
  const { how, rows, simulator, ids, mount } = scene;
  const mounted = await untilDrawn(
    mount,
    () => (latest.shown?.count ?? 0) >= rows && document.querySelector('.layers-ContainerCard') !== null,
  );
  const atMount = nodes();

  const times: number[] = [];
  for (let append = 0; append < appends; append += 1) {
    const before = latest.shown?.count ?? 0;
    times.push(
      await untilDrawn(
        () => latest.shown?.loadMore(),
        () => (latest.shown?.count ?? 0) > before,
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
  }

  await frame();
  latest.cardRenders = 0;
  const changed = ids.at(-3) as string;
  simulator.decide(changed, 'approved');
  const badges = document.querySelectorAll('[data-approval="approved"]').length;
  const statusChange = await untilDrawn(
    () => latest.shown?.refresh(),
    () => document.querySelectorAll('[data-approval="approved"]').length !== badges,
  );
  const { cardRenders } = latest;

  const frames: number[] = [];
  let mostNodes = 0;
  let mostVideos = 0;
  let last = await frame();
  const height = document.documentElement.scrollHeight - innerHeight;
  // As fast as a wheel that is spun, then in leaps as by the bar, then back.
  const until = performance.now() + LONGEST_SCROLL_MS;
  for (let top = 0; top < 36_000 && performance.now() < until; top += 120) {
    window.scrollTo(0, top);
    const now = await frame();
    frames.push(now - last);
    last = now;
  }
  const leapUntil = performance.now() + LONGEST_SCROLL_MS;
  for (let step = 0; step <= 80 && (step % 10 !== 1 || performance.now() < leapUntil); step += 1) {
    window.scrollTo(0, (height * (step <= 40 ? step : 80 - step)) / 40);
    const now = await frame();
    frames.push(now - last);
    last = now;
    if (step % 10 === 0) {
      mostNodes = Math.max(mostNodes, nodes());
      mostVideos = Math.max(mostVideos, document.querySelectorAll('video').length);
    }
  }
  return { how, mount: mounted, appends: times, nodes: atMount, cardRenders, statusChange, frames, mostNodes, mostVideos };
};
