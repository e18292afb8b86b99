import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measurePage, type PageBytes } from './pageBytes.js';
import peers from './peers.json' with { type: 'json' };

/** One other player, and the bytes of a page with it; a reason where it could not be built here. */
export interface PeerFigures {
  name: string;
  bytes: PageBytes | string;
}

const clip = 'https://media.example/clip.mp4';
/** One vertical clip with a poster and controls, in each as its documentation says it. */
const pages: [keyof typeof peers.dependencies, string, string][] = [
  ['react-player', '', `import Player from 'react-player'; show(h(Player, { src: '${clip}', controls: true }));`],
  [
    'media-chrome',
    ', play, time, range, mute, full screen',
    `import * as c from 'media-chrome/react'; show(h(c.MediaController, {}, h('video', { slot: 'media', src: '${clip}' }),
      h(c.MediaControlBar, {}, h(c.MediaPlayButton), h(c.MediaTimeRange), h(c.MediaTimeDisplay), h(c.MediaMuteButton), h(c.MediaFullscreenButton))));`,
  ],
  [
    '@vidstack/react',
    ', no layout',
    `import { MediaPlayer, MediaProvider } from '@vidstack/react'; show(h(MediaPlayer, { src: '${clip}' }, h(MediaProvider)));`,
  ],
  [
    '@vidstack/react',
    ', default layout',
    `import '@vidstack/react/player/styles/default/theme.css'; import '@vidstack/react/player/styles/default/layouts/video.css';
      import { MediaPlayer, MediaProvider } from '@vidstack/react'; import { DefaultVideoLayout, defaultLayoutIcons } from '@vidstack/react/player/layouts/default';
      show(h(MediaPlayer, { src: '${clip}' }, h(MediaProvider), h(DefaultVideoLayout, { icons: defaultLayoutIcons })));`,
  ],
  ['@mux/mux-player-react', '', `import Player from '@mux/mux-player-react'; show(h(Player, { src: '${clip}' }));`],
  ['@mux/mux-player-react', ', lazy entry', `import Player from '@mux/mux-player-react/lazy'; show(h(Player, { src: '${clip}' }));`],
  [
    '@livepeer/react',
    '',
    `import * as Player from '@livepeer/react/player'; import { getSrc } from '@livepeer/react/external';
      show(h(Player.Root, { src: getSrc('${clip}') }, h(Player.Container, {}, h(Player.Video), h(Player.Controls, {}, h(Player.PlayPauseTrigger), h(Player.Seek, {}, h(Player.Track), h(Player.Thumb)), h(Player.MuteTrigger), h(Player.FullscreenTrigger)))));`,
  ],
  [
    'video.js',
    '',
    `import 'video.js/dist/video-js.css'; import videojs from 'video.js'; show(h('video', { ref: (v) => { v && videojs(v, { controls: true, sources: ['${clip}'] }); } }));`,
  ],
];

/** Installs the players into a folder of their own, away from the project, and builds a page with each. */
export async function measurePeers(): Promise<PeerFigures[]> {
  const folder = mkdtempSync(join(tmpdir(), 'preview-peers-'));
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', ...peers }));
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 });
    const figures: PeerFigures[] = [];
    for (const [name, what, page] of pages) {
      const full = `${name} ${peers.dependencies[name]}${what}`;
      figures.push({ name: full, bytes: status === 0 ? await build(page, folder) : 'could not be installed here' });
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function build(page: string, folder: string): Promise<PageBytes | string> {
  try {
    return await measurePage(page, folder);
  } catch (error) {
    return `could not be built: ${String(error).split('\n')[0]}`;
  }
}
