import '../../src/styles/index.css';
import { act, version } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';
import { commands } from 'vitest/browser';
import { hydratedPage, type HydratedState, STATES } from '../support/hydratedPages.js';
import type { ServerPage } from '../support/serverHtml.js';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

const { serverHtml } = commands as unknown as { serverHtml: (state: HydratedState) => Promise<ServerPage> };

// Node makes it with the React that is installed.
it
  .skipIf(version.startsWith('18'))
  .each(STATES.flatMap((state) => (['default', 'granted'] as const).map((permission) => [state, permission] as const)))(
  'takes over what a server made of prefetched data: %s, notifications %s',
  async (state, permission) => {
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
    vi.stubGlobal(
      'Notification',
      Object.assign(function Notification() {}, { permission }),
    );
    const { html, data } = await serverHtml(state);
    expect(html).not.toContain('data-state="loading"');
    const host = document.createElement('div');
    host.innerHTML = html;
    document.body.append(host);
    const before = host.firstElementChild;
    const complaints: unknown[] = [];
    vi.spyOn(console, 'error').mockImplementation((...words) => complaints.push(words));
    const onRecoverableError = (error: unknown) => complaints.push(error);
    const root = await act(async () => hydrateRoot(host, hydratedPage(data), { onRecoverableError }));
    expect(complaints).toEqual([]);
    expect(host.firstElementChild).toBe(before);
    await act(async () => root.unmount());
  },
);
