import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'playwright';
import { BURST, type BurstFigures, burstFiguresOf, createBurst } from './burstScene.js';
import type { Way } from './chromium.js';
import type { PagePlan } from './page/plan.js';
import { serve } from './pages.js';

/**
 * 100 `useContainerProgress` mount at once and say nothing of the screen. 0.3 s later "load more" of a list of another project is clicked, which was on
 * the page before; 0.6 s later "approve" of one of its containers.
 */
export async function measureBurst(browser: Browser, way: Way): Promise<BurstFigures> {
  const { simulator, listed, pendingId, ids } = createBurst();
  const server = await serve(way.built, simulator);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const plan: PagePlan = {
      page: 'burst',
      rows: ids.map((id) => ({ id, onScreen: true, stays: true })),
      projectId: listed,
      pendingId,
    };
    await context.addInitScript((given) => {
      window.plan = given;
    }, plan);
    const page = await context.newPage();
    await page.goto(server.url);
    await page.waitForSelector('#more:not([disabled])');
    await wait(BURST.settlesMs);
    const listedBefore = Number(await page.textContent('#count'));

    const mountedAt = Date.now();
    await page.evaluate(() => window.mountRows());
    await wait(BURST.moreAfterMs);
    const moreAt = Date.now();
    // Dispatched, not clicked by the pointer: 100 rows that move would make the pointer wait until they stand still.
    await page.dispatchEvent('#more', 'click');
    const shown = page
      .waitForFunction((count) => Number(document.querySelector('#count')?.textContent) > count, listedBefore, { timeout: BURST.lastsMs })
      .then(
        () => Date.now(),
        () => null,
      );
    await wait(BURST.approveAfterMs);
    const approveAt = Date.now();
    await page.dispatchEvent('#approve', 'click');
    await wait(Math.max(0, mountedAt + BURST.lastsMs - Date.now()));
    const { marks } = await page.evaluate(() => window.readMarks());
    const endedAt = Date.now();
    const moreShownAt = await Promise.race([shown, wait(100, null)]);
    const waited = Object.values(marks).map(({ shownAt, dataAt }) => (dataAt.progress ?? Number.POSITIVE_INFINITY) - shownAt);
    return burstFiguresOf(way.how, server.log, { mountedAt, moreAt, moreShownAt, approveAt, endedAt }, waited);
  } finally {
    await context.close();
    await server.close();
  }
}
