import type { BrowserCommand } from 'vitest/node';

/** A command of the browser tests: the network refuses every address that contains `name`, until it is let through again. */
export const refuseFile: BrowserCommand<[name: string, isRefused: boolean]> = async ({ page }, name, isRefused) => {
  const matches = (url: URL) => url.pathname.includes(name);
  // Functions are told apart by identity, and each call has its own: all of this page's are taken away.
  if (isRefused) await page.route(matches, (route) => route.abort('internetdisconnected'));
  else await page.unrouteAll();
};
