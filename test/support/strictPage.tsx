import { createRoot } from 'react-dom/client';
import { PreviewPlayer } from '../../src/components/index.js';

// Vitest wraps what is imported on demand in something that only its own page has.
Object.assign(globalThis, { __vitest_browser_runner__: { wrapDynamicImport: (load: () => unknown) => load() } });

// A page of its own under whatever policy it is loaded with: React, the player and hls.js all run in it.
createRoot(document.getElementById('root') as HTMLElement).render(
  <PreviewPlayer
    preview={{
      kind: 'video',
      primaryUrl: null,
      videoUrl: null,
      hlsUrl: new URL('/dawn-run/index.m3u8', document.baseURI).href,
      thumbnailUrl: new URL('/dawn-run.jpg', document.baseURI).href,
      imageUrls: [],
      durationMs: 7000,
      aspectRatio: '1.91:1',
    }}
    muted
    autoPlay
  />,
);
