import { type ChildProcess, spawn } from 'node:child_process';
import { webdriverio } from '@vitest/browser-webdriverio';
import { findWebKit } from '../../scripts/browser.mjs';

/** What of Vitest's provider is bent here. */
interface Inside {
  browser: { findElement: (using: string, value: string) => Promise<object>; switchToFrame: (element: object) => Promise<void> };
  buildCapabilities: () => object;
  switchToTestFrame: () => Promise<void>;
  openBrowser: () => Promise<unknown>;
  iframeSwitched: boolean;
}

interface WebKitOptions {
  /** Where its driver listens; each project needs its own. */
  port: number;
  /** Plays HLS by itself, as Safari does; else only what has MediaSource can. */
  nativeHls: boolean;
}

/** Vitest's WebdriverIO provider, bent to the WebKitGTK of Linux distributions, on a screen of its own. */
export function webkitgtk({ port, nativeHls }: WebKitOptions): ReturnType<typeof webdriverio> {
  process.env.DISABLE_WEBDRIVERIO_DEPRECATION_WARNINGS = 'true';
  const option = webdriverio({ hostname: '127.0.0.1', port, logLevel: 'error' });
  const make = option.providerFactory;
  option.providerFactory = (project) => {
    const provider = make(project);
    const inside = provider as unknown as Inside;
    const open = inside.openBrowser.bind(provider);
    const close = provider.close.bind(provider);
    let driver: Promise<ChildProcess> | undefined;
    inside.openBrowser = async () => {
      driver ??= startDriver(port, nativeHls);
      await driver;
      return open();
    };
    provider.close = async () => {
      await close();
      const { pid } = (await driver) ?? {};
      // The screen, the driver and its browsers are one group.
      if (pid !== undefined) process.kill(-pid);
    };
    // Vitest asks for "safari", a name that this driver does not answer to.
    inside.buildCapabilities = () => ({
      'wdio:enforceWebDriverClassic': true,
      'webkitgtk:browserOptions': { binary: findWebKit()?.browser, args: ['--automation'] },
    });
    // WebdriverIO's own switch sends no frame in the classic protocol.
    inside.switchToTestFrame = async () => {
      await inside.browser.switchToFrame(await inside.browser.findElement('css selector', 'iframe[data-vitest]'));
      inside.iframeSwitched = true;
    };
    return provider;
  };
  return option;
}

async function startDriver(port: number, nativeHls: boolean): Promise<ChildProcess> {
  const driver = spawn('xvfb-run', ['-a', '-s', '-screen 0 1280x900x24', 'WebKitWebDriver', `--port=${port}`], {
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, GDK_BACKEND: 'x11', NO_AT_BRIDGE: '1', ...(nativeHls && { WEBKIT_GST_ENABLE_HLS_SUPPORT: '1' }) },
  });
  driver.unref();
  const isUp = () =>
    fetch(`http://127.0.0.1:${port}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await isUp()) return driver;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`WebKitWebDriver did not answer on port ${port} within 10 seconds. Is another one running there?`);
}
