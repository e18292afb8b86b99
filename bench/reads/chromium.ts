import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright';
import { type Figures, figuresOf, type Quiet, type SeenRow } from './figures.js';
import { createLibrary, type Library, type Life } from './library.js';
import type { PageMarks, PagePlan, PlannedRow } from './page/plan.js';
import { type BuiltPage, serve } from './pages.js';
import type { Scene } from './scenes.js';

/** How a row of the table reads: by hand, or by one edition of this library. */
export interface Way {
  how: string;
  page: PagePlan['page'];
  built: BuiltPage;
}

const WARM_UP_MS = 60_000;
const QUIET_MS = 20_000;
/** Mounting is no read: the main thread's time is counted from here on. */
const SETTLED_MS = 5_000;
const TURN_MS = 100;

/** Shows a scene in Chromium, in real time and over HTTP, and the same page without news beside it where the scene asks for that. */
export async function measureInChromium(browser: Browser, scene: Scene, way: Way): Promise<Figures> {
  const [main, quiet] = await Promise.all([watch(browser, scene, way), scene.measuresQuiet ? watchQuiet(browser, scene, way) : null]);
  return { scene: scene.name, how: way.how, ...main, quiet };
}

async function watch(browser: Browser, scene: Scene, way: Way): Promise<Omit<Figures, 'scene' | 'how' | 'quiet'>> {
  const library = createLibrary(scene);
  const server = await serve(way.built, library.simulator);
  const context = await open(browser, way, library);
  try {
    const pages = await Promise.all(Array.from({ length: scene.tabs }, () => context.newPage()));
    const costs = await Promise.all(pages.map((page) => mainThreadOf(context, page)));
    const startedAt = Date.now();
    await Promise.all(pages.map((page) => page.goto(server.url)));
    // Loaded isn't mounted.
    await Promise.all(pages.map((page) => page.waitForFunction(() => 'addRows' in window)));
    const lives = new Map(library.lives.map((life) => [life.id, life]));
    const following = replaceEnded(library, lives, pages, startedAt + scene.seconds * 1000);
    await wait(SETTLED_MS);
    const readsBefore = server.log.length;
    const before = await Promise.all(costs.map((cost) => cost()));
    const early = await Promise.all(pages.map((page) => page.evaluate(() => window.readMarks())));
    await following;
    const after = await Promise.all(costs.map((cost) => cost()));
    const reads = Math.max(1, server.log.length - readsBefore);
    const lasted = (Date.now() - startedAt - SETTLED_MS) / 1000;
    const marks = await Promise.all(pages.map((page) => page.evaluate(() => window.readMarks())));
    const endedAt = Date.now();
    const spent = (what: 'script' | 'all') => after.reduce((sum, cost, tab) => sum + cost[what] - (before[tab]?.[what] ?? 0), 0);
    return {
      ...figuresOf(rowsOf(marks, lives), server.log, startedAt, endedAt),
      renders: marks.reduce((sum, { renders }) => sum + Object.values(renders).reduce((all, each) => all + each, 0), 0),
      mainThread: {
        scriptPerRead: spent('script') / reads,
        scriptPerSecond: spent('script') / lasted,
        allPerSecond: spent('all') / lasted,
      },
      notes: notesOf(early, marks),
    };
  } finally {
    await context.close();
    await server.close();
  }
}

/** Tells the pages of a new container whenever one ends, as an app does that has just started it. */
async function replaceEnded(library: Library, lives: Map<string, Life>, pages: readonly Page[], until: number): Promise<void> {
  const inFlight = new Set([...lives.values()].filter(({ isOld }) => !isOld));
  while (Date.now() < until) {
    const ended = [...inFlight].filter(({ endsAt }) => endsAt <= Date.now());
    const begun = ended.map((life) => library.replace(life));
    for (const life of ended) inFlight.delete(life);
    for (const life of begun) {
      inFlight.add(life);
      lives.set(life.id, life);
    }
    const rows = begun.map(({ id, onScreen }) => ({ id, onScreen, stays: false }));
    if (rows.length > 0) await Promise.all(pages.map((page) => page.evaluate((added) => window.addRows(added), rows)));
    await wait(TURN_MS);
  }
}

async function watchQuiet(browser: Browser, scene: Scene, way: Way): Promise<Quiet> {
  const library = createLibrary({ ...scene, stalled: true, ended: 0 });
  const server = await serve(way.built, library.simulator);
  const context = await open(browser, way, library);
  try {
    const page = await context.newPage();
    await page.goto(server.url);
    await wait(WARM_UP_MS);
    const readsBefore = server.log.length;
    const before = await page.evaluate(() => window.readMarks());
    await wait(QUIET_MS);
    const polls = server.log.length - readsBefore;
    const { renders } = await page.evaluate(() => window.readMarks());
    const withData = Object.entries(before.marks).filter(([, { dataAt }]) => dataAt.container !== null && dataAt.progress !== null);
    return { polls, renders: withData.reduce((sum, [id]) => sum + (renders[id] ?? 0) - (before.renders[id] ?? 0), 0) };
  } finally {
    await context.close();
    await server.close();
  }
}

async function open(browser: Browser, { page }: Way, { lives }: Library): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const rows: PlannedRow[] = lives.map(({ id, onScreen, isOld }) => ({ id, onScreen, stays: isOld }));
  const plan: PagePlan = { page, rows, projectId: '', pendingId: '' };
  await context.addInitScript((given) => {
    window.plan = given;
  }, plan);
  return context;
}

/** Reads how long a page's main thread has worked, in milliseconds of thread time: what else the machine does is not in it. */
async function mainThreadOf(context: BrowserContext, page: Page): Promise<() => Promise<{ script: number; all: number }>> {
  const session: CDPSession = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name: string) => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1000;
    return { script: of('ScriptDuration'), all: of('TaskDuration') };
  };
}

const rowsOf = (tabs: readonly PageMarks[], lives: ReadonlyMap<string, Life>): SeenRow[] =>
  tabs.flatMap(({ marks }) =>
    Object.entries(marks).flatMap(([id, seen]) => {
      const life = lives.get(id);
      return life ? [{ life, marks: seen }] : [];
    }),
  );

function notesOf(early: readonly PageMarks[], late: readonly PageMarks[]): string[] {
  const visible = late.filter(({ visibility }) => visibility === 'visible').length;
  const inView = (pages: readonly PageMarks[]) => pages[0]?.inView ?? 0;
  return [
    `${visible} of ${late.length} tabs say that they are visible`,
    `${inView(early)} rows in view after 5 s, ${inView(late)} at the end`,
  ];
}
