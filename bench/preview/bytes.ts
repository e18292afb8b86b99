import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { measurePage, type PageBytes } from './pageBytes.js';

/** What a page with only `PreviewPlayer` weighs, where hls.js is installed and where not, and one that shows nothing but may fetch something. */
export async function measureOwn(): Promise<{ own: PageBytes; withHls: PageBytes; empty: PageBytes }> {
  const page = "import { PreviewPlayer } from './src/index.ts'; show(h(PreviewPlayer, { preview: null }));";
  const css = gzipSync(previewStyles(), { level: 9 }).length;
  return {
    own: { ...(await measurePage(page, process.cwd(), /^hls\.js$/)), css },
    withHls: { ...(await measurePage(page, process.cwd())), css },
    empty: await measurePage("show(h('p')); addEventListener('click', () => import('data:text/javascript,export{}'));", process.cwd()),
  };
}

/** What of `styles.css` a page with only `PreviewPlayer` uses. */
export function previewStyles(): string {
  const names = readdirSync('src/styles').filter((name) => name === 'base.css' || name.startsWith('previewPlayer'));
  return names.map((name) => readFileSync(`src/styles/${name}`, 'utf8')).join('\n');
}
