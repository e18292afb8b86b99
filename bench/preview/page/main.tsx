import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { PreviewPlayer } from '../../../src/index.js';

declare global {
  interface Window {
    /** Mounts so many previews in a grid; milliseconds until React has them in the page and the browser has laid them out. */
    mountPreviews: (count: number, withPoster: boolean) => number;
    unmountPreviews: () => void;
    shift: number;
  }
}

window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) window.shift += entry.value;
}).observe({ type: 'layout-shift', buffered: true });

const element = document.getElementById('root') as HTMLElement;
const NAMES = ['dawn-run', 'slow-coffee', 'evening-calendar'];
let root: Root | undefined;

function previewOf(index: number, withPoster: boolean) {
  const name = NAMES[index % NAMES.length];
  // An address of its own for each, as in a real library.
  const url = `${location.origin}/media/${name}.mp4?v=${index}`;
  const thumbnailUrl = withPoster ? `${location.origin}/media/${name}.jpg` : null;
  const rest = { imageUrls: [], hlsUrl: null, durationMs: 7000, aspectRatio: '9:16' };
  return { kind: 'video' as const, primaryUrl: url, videoUrl: url, thumbnailUrl, ...rest };
}

window.mountPreviews = (count, withPoster) => {
  const previews = Array.from({ length: count }, (_, index) => previewOf(index, withPoster));
  root = createRoot(element);
  const start = performance.now();
  flushSync(() =>
    root?.render(
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(5, 1fr)', gap: 8 }}>
        {previews.map((preview) => (
          <PreviewPlayer key={preview.videoUrl} preview={preview} />
        ))}
      </div>,
    ),
  );
  document.body.getBoundingClientRect();
  return performance.now() - start;
};

window.unmountPreviews = () => root?.unmount();
