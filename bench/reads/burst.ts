import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'playwright';
import { createSimulator } from '../../src/testing.js';
import type { Way } from './chromium.js';
import { type Waits, waits } from './figures.js';
import type { PagePlan } from './page/plan.js';
import { serve } from './pages.js';
import { countReads, type LoggedRequest } from './readLog.js';

/** What a page does on which 100 hooks mount at once. Times in milliseconds. */
export interface BurstFigures {
  how: string;
  /** Reads in the first second, in the first ten, in any 60 s, and those refused. */
  firstSecond: number;
  firstTenSeconds: number;
  busiest: number;
  refused: number;
  /** The longest time in which no read left. */
  longestPause: number;
  /** From each click until its request reached the server; `null`: it did not. */
  moreAfter: number | null;
  approveAfter: number | null;
  /** From the click until the list had more rows; `null`: never. */
  moreShownAfter: number | null;
  /** From mounting until a hook has data. */
  data: Waits;
}

const HOOKS = 100;
const LISTED = 60;
const LASTS_MS = 75_000;
const SETTLED_MS = 4_000;
const PROJECTS = ['prj_11111111-1111-4111-8111-111111111111', 'prj_22222222-2222-4222-8222-222222222222'] as const;

/**
 * 100 `useContainerProgress` mount at once and say nothing of the screen. 0.3 s later "load more" of a list of another project is clicked, which was on
 * the page before; 0.6 s later "approve" of one of its containers.
 */
export async function measureBurst(browser: Browser, way: Way): Promise<BurstFigures> {
  const [listed, busy] = PROJECTS;
  const faults = [{ kind: 'latency', latencyMs: [40, 160] }] as const;
  const simulator = createSimulator({ seed: 3, tier: 'standard', projectIds: PROJECTS, faults });
  const now = Date.now();
  const ended = Array.from({ length: LISTED }, (_, index) =>
    simulator.addContainer({
      projectId: listed,
      state: 'completed',
      approvalStatus: 'pending',
      createdAt: now - 3_600_000 + index * 1_000,
    }),
  );
  const stages = [{ stage: 'generating_visuals', durationMs: 300_000 }];
  const ids = Array.from({ length: HOOKS }, (_, index) =>
    simulator.addContainer({ projectId: busy, createdAt: now - index * 1_000, generation: { queuedMs: 0, stages } }),
  );
  const server = await serve(way.built, simulator);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const plan: PagePlan = {
      page: 'burst',
      rows: ids.map((id) => ({ id, onScreen: true, stays: true })),
      projectId: listed,
      pendingId: ended.at(-1) ?? '',
    };
    await context.addInitScript((given) => {
      window.plan = given;
    }, plan);
    const page = await context.newPage();
    await page.goto(server.url);
    await page.waitForSelector('#more:not([disabled])');
    await wait(SETTLED_MS);
    const listedBefore = Number(await page.textContent('#count'));

    const mountedAt = Date.now();
    await page.evaluate(() => window.mountRows());
    await wait(300);
    const moreAt = Date.now();
    // Dispatched, not clicked by the pointer: 100 rows that move would make the pointer wait until they stand still.
    await page.dispatchEvent('#more', 'click');
    const shown = page
      .waitForFunction((count) => Number(document.querySelector('#count')?.textContent) > count, listedBefore, { timeout: LASTS_MS })
      .then(
        () => Date.now() - moreAt,
        () => null,
      );
    await wait(300);
    const approveAt = Date.now();
    await page.dispatchEvent('#approve', 'click');
    await wait(Math.max(0, mountedAt + LASTS_MS - Date.now()));
    const { marks } = await page.evaluate(() => window.readMarks());
    const endedAt = Date.now();
    const moreShownAfter = await Promise.race([shown, wait(100, null)]);

    const counts = countReads(server.log, mountedAt, endedAt);
    const leftAfter = (since: number, is: (entry: LoggedRequest) => boolean) => {
      const entry = server.log.find((each) => each.at >= since && is(each));
      return entry ? entry.at - since : null;
    };
    const times = server.log.map(({ at }) => at).filter((at) => at >= mountedAt);
    const pauses = [mountedAt, ...times].map((at, index) => (times[index] ?? endedAt) - at);
    return {
      how: way.how,
      firstSecond: times.filter((at) => at < mountedAt + 1_000).length,
      firstTenSeconds: times.filter((at) => at < mountedAt + 10_000).length,
      busiest: counts.busiest,
      refused: counts.refused,
      longestPause: pauses.reduce((a, b) => Math.max(a, b), 0),
      moreAfter: leftAfter(moreAt, ({ path }) => path.includes('cursor=')),
      approveAfter: leftAfter(approveAt, ({ method, path }) => method === 'POST' && path.includes('/approve')),
      moreShownAfter,
      data: waits(
        Object.values(marks).map(({ shownAt, dataAt }) =>
          dataAt.progress === null ? Number.POSITIVE_INFINITY : dataAt.progress - shownAt,
        ),
      ),
    };
  } finally {
    await context.close();
    await server.close();
  }
}
