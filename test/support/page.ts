let state: DocumentVisibilityState = 'visible';

Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
Object.defineProperty(document, 'hidden', { configurable: true, get: () => state === 'hidden' });

function become(next: DocumentVisibilityState): void {
  state = next;
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
}

/** Puts the page in the background, as another tab in front of it would. */
export const hidePage = () => become('hidden');

/** Brings the page back. */
export const showPage = () => become('visible');
