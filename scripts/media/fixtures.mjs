// Encodes the small files of media that tests need and the demo does not: node scripts/media/fixtures.mjs
// Needs ffmpeg with libx265 and libvpx.
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const target = join(import.meta.dirname, '../../test/support/media');
const seconds = 3;
const picture = ['-f', 'lavfi', '-i', `testsrc=size=90x160:rate=5:duration=${seconds}`];
const sound = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`];
const hevc = ['-c:v', 'libx265', '-x265-params', 'log-level=error:crf=40', '-tag:v', 'hvc1', '-pix_fmt', 'yuv420p'];
const aac = ['-c:a', 'aac', '-b:a', '16k', '-ac', '1'];
const whole = ['-movflags', '+faststart'];

/** @param {string[]} args */
const ffmpeg = (...args) => {
  const { status, stderr } = spawnSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args], { cwd: target, encoding: 'utf8' });
  if (status !== 0) throw new Error(`ffmpeg failed: ${stderr}`);
};

for (const folder of ['hevc', 'sound']) await mkdir(join(target, folder), { recursive: true });
// As phones film: many browsers play the sound of the first and show nothing, and refuse the second.
ffmpeg(...picture, ...sound, ...hevc, ...aac, ...whole, 'hevc-sound.mp4');
ffmpeg(...picture, ...hevc, ...whole, 'hevc.mp4');
ffmpeg('-i', 'hevc-sound.mp4', '-c', 'copy', '-f', 'hls', '-hls_segment_type', 'fmp4', '-hls_list_size', '0', 'hevc/index.m3u8');
ffmpeg(...sound, ...aac, '-f', 'hls', '-hls_segment_type', 'fmp4', '-hls_list_size', '0', 'sound/index.m3u8');
// To a pipe, ffmpeg cannot go back and write how long it has become. An engine that has read the end knows: it is far from the beginning.
const long = ['-f', 'lavfi', '-i', 'testsrc=size=90x160:rate=5:duration=40'];
const vp9 = ['-c:v', 'libvpx-vp9', '-pix_fmt', 'yuv420p', '-b:v', '10k'];
const { stdout } = spawnSync('ffmpeg', ['-loglevel', 'error', ...long, ...vp9, '-f', 'webm', '-'], { maxBuffer: 1e8 });
await writeFile(join(target, 'no-length.webm'), stdout);
