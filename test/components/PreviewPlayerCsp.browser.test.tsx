import { afterEach, describe, expect, it } from 'vitest';
import { renderToString } from 'react-dom/server';
import { render } from 'vitest-browser-react';
import { server } from 'vitest/browser';
import { PreviewPlayer } from '../../src/components/index.js';
import { previews } from './support.js';

const styles = import.meta.glob<string>('../../src/styles/*.css', { query: '?inline', import: 'default', eager: true });

/** Where the browser plays HLS by itself, hls.js and what it needs are not used. */
const isNative = document.createElement('video').canPlayType('application/vnd.apple.mpegurl') !== '' && 'ManagedMediaSource' in window;

const frames: HTMLIFrameElement[] = [];
afterEach(() => {
  for (const frame of frames.splice(0)) frame.remove();
});

/** A page under a policy, with the player drawn into it from here: whatever the player puts into it is held to the policy. */
async function pageUnder(policy: string, script = '') {
  const frame = document.createElement('iframe');
  frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}"><body><div id="root"></div>${script}</body>`;
  document.body.append(frame);
  frames.push(frame);
  await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  const page = frame.contentDocument as Document;
  const refused: string[] = [];
  page.addEventListener('securitypolicyviolation', (event) => refused.push(`${event.violatedDirective} ${event.blockedURI}`));
  const place = page.createElement('div');
  page.body.append(place);
  return { page, place, refused };
}

describe('under a strict Content-Security-Policy', () => {
  const policy = `default-src 'none'; img-src ${location.origin}; media-src ${location.origin}; style-src 'self'`;

  it('plays and shows pictures, and nothing is refused', async () => {
    const { place, page, refused } = await pageUnder(policy);
    const screen = await render(<PreviewPlayer preview={previews.video} muted autoPlay aspectRatio="1.91:1" />, { container: place });
    await expect.poll(() => page.querySelector<HTMLElement>('.layers-PreviewPlayer')?.dataset.state).toBe('playing');
    await screen.rerender(<PreviewPlayer preview={previews.image} aspectRatio="1.91:1" />);
    await expect.poll(() => page.querySelector<HTMLElement>('.layers-PreviewPlayer')?.dataset.state).toBe('ready');
    expect(refused).toEqual([]);
  });

  it('is really held to it', async () => {
    const { place, page, refused } = await pageUnder("default-src 'none'");
    await render(<PreviewPlayer preview={previews.video} muted autoPlay />, { container: place });
    await expect.poll(() => page.querySelector<HTMLElement>('.layers-PreviewPlayer')?.dataset.state).toBe('error');
    expect(refused.some((what) => what.startsWith('media-src'))).toBe(true);
    expect(refused.some((what) => what.startsWith('img-src'))).toBe(true);
  });

  describe('HLS in a page of its own', () => {
    const script = '<script type="module" src="/test/support/strictPage.tsx"></script>';
    const own = `default-src 'none'; script-src ${location.origin}; img-src ${location.origin}; style-src 'self'`;
    const stateIn = (page: Document) => page.querySelector<HTMLElement>('.layers-PreviewPlayer')?.dataset.state;

    it('needs `media-src blob:` and `connect-src` for hls.js, and no worker, eval or inline style', async () => {
      const { page, refused } = await pageUnder(`${own}; connect-src ${location.origin}; media-src ${location.origin} blob:`, script);
      await expect.poll(() => stateIn(page)).toBe('playing');
      expect(page.querySelector('video')?.src).toMatch(isNative ? /m3u8$/ : /^blob:/);
      expect(refused.filter((what) => !what.includes('ws'))).toEqual([]);
    });

    // Firefox lets what hls.js makes through, whatever media-src says.
    it.skipIf(isNative || server.browser === 'firefox')('does not play without', async () => {
      const { page, refused } = await pageUnder(`${own}; connect-src ${location.origin}; media-src ${location.origin}`, script);
      await expect.poll(() => stateIn(page)).toBe('error');
      expect(refused.some((what) => what.startsWith('media-src blob'))).toBe(true);
    });
  });

  it('needs no style attribute in server HTML, whatever the ratio', () => {
    for (const preview of [...Object.values(previews), null]) {
      const html = renderToString(<PreviewPlayer preview={preview} aspectRatio="1.91:1" problem={{ message: 'Why' }} autoRotate />);
      expect(html).not.toMatch(/ style=/);
      expect(html).toContain('viewBox="0 0 1.91 1"');
    }
    const sheets = Object.entries(styles).filter(([name]) => !name.endsWith('/index.css'));
    expect(sheets.length).toBeGreaterThan(6);
    for (const [, css] of sheets) expect(css).not.toMatch(/url\(|@import/);
  });
});
