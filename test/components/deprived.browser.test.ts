import { afterEach, describe, expect, it } from 'vitest';

interface Told {
  wrong: string[];
  broken: number;
  pressed: number;
  bars: string[];
  badges: string[];
  known: string[];
}

const frames: HTMLIFrameElement[] = [];
afterEach(() => {
  for (const frame of frames.splice(0)) frame.remove();
});

/** A page with every component and hook, after a script that takes from it what pages have elsewhere. */
function openPage(script: string, sandbox?: string) {
  const frame = document.createElement('iframe');
  if (sandbox !== undefined) frame.setAttribute('sandbox', sandbox);
  // What goes wrong before the page can tell is told by this.
  const deprive = `<script>addEventListener('error', ({ message }) => parent.postMessage({ wrong: [message] }, '*'));${script}</script>`;
  frame.srcdoc = `<base href="${location.origin}/"><body><div id="root"></div>${deprive}<script type="module" src="${location.origin}/test/support/framePage.tsx"></script></body>`;
  let told: Told | undefined;
  addEventListener('message', ({ data, source }) => {
    if (source === frame.contentWindow && data?.wrong) told = data;
  });
  document.body.append(frame);
  frames.push(frame);
  return { told: () => told, press: () => frame.contentWindow?.postMessage('press', '*') };
}

/** How a browser takes a feature away: it is not there, asking for it throws, or using it does. */
const takers = {
  absent: `
    const take = (owner, name) => { try { Object.defineProperty(owner, name, { configurable: true, value: undefined }); } catch {} };`,
  'throwing when touched': `
    const refuse = () => { throw new DOMException('The operation is insecure.', 'SecurityError'); };
    const take = (owner, name) => { try { Object.defineProperty(owner, name, { configurable: true, get: refuse }); } catch {} };`,
  'throwing when used': `
    const refuse = () => { throw new DOMException('The operation is insecure.', 'SecurityError'); };
    const take = (owner, name) => { try { Object.defineProperty(owner, name, { configurable: true, value: function () { return refuse(); } }); } catch {} };`,
};

const taken = `
  for (const name of ['BroadcastChannel', 'localStorage', 'sessionStorage', 'indexedDB', 'Notification', 'IntersectionObserver', 'ResizeObserver', 'matchMedia',
    'MediaSource', 'ManagedMediaSource', 'EventSource', 'Worker', 'requestIdleCallback', 'scrollTo', 'scrollBy', 'CSS', 'caches']) take(window, name);
  for (const name of ['locks', 'mediaSession', 'connection', 'userActivation', 'wakeLock', 'serviceWorker', 'storage', 'clipboard', 'permissions'])
    take(navigator, name);
  for (const name of ['randomUUID', 'subtle']) take(crypto, name);
  for (const name of ['exitFullscreen', 'getAnimations', 'startViewTransition']) take(document, name);
  for (const name of ['requestFullscreen', 'animate', 'getAnimations', 'scrollTo', 'scrollBy', 'scrollIntoView', 'checkVisibility', 'setPointerCapture'])
    take(Element.prototype, name);
  for (const name of ['showModal', 'show', 'close']) take(HTMLDialogElement.prototype, name);
  for (const name of ['play', 'requestPictureInPicture', 'requestVideoFrameCallback']) take(HTMLVideoElement.prototype, name);
  take(HTMLMediaElement.prototype, 'play');
`;

describe('every component and hook, on a page', () => {
  it.each([
    ['of a sandboxed frame without an origin', '', 'allow-scripts'],
    ['whose features are absent', takers.absent + taken, undefined],
    ['whose features throw when touched', takers['throwing when touched'] + taken, undefined],
    ['whose features throw when used', takers['throwing when used'] + taken, undefined],
  ])('%s', async (_, script, sandbox) => {
    const page = openPage(script, sandbox);
    await expect.poll(() => page.told()?.known ?? page.told()?.wrong).toContain('processing');
    page.press();
    await expect.poll(() => page.told()?.pressed).toBeGreaterThan(10);
    await expect.poll(() => page.told()?.bars).toContain('completed');
    expect(page.told()).toMatchObject({ wrong: [], broken: 0 });
  });
});
