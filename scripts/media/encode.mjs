// Frames to MP4, and MP4 to HLS, with ffmpeg.
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @typedef {{ seconds: number, kilobytes: number, sound: number[], hls?: boolean }} Film */

/** @param {string[]} args @param {string} [cwd] */
const ffmpeg = (args, cwd) => {
  const { status, stderr } = spawnSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args], {
    encoding: 'utf8',
    ...(cwd && { cwd }),
  });
  if (status !== 0) throw new Error(`ffmpeg failed: ${stderr}`);
};

/** A quiet pad: each tone swells at its own pace. @param {number[]} tones @param {number} seconds */
const pad = (tones, seconds) => {
  const voices = tones.map(
    (hz, i) => `0.06*sin(2*PI*${hz}*t)*(0.6+0.4*sin(2*PI*t*${(0.11 + i * 0.07).toFixed(2)}+${i}))+0.014*sin(2*PI*${hz * 2}*t)`,
  );
  return [
    '-f',
    'lavfi',
    '-t',
    String(seconds),
    '-i',
    `aevalsrc=${voices.join('+')}:s=44100`,
    '-filter_complex',
    `[1:a]lowpass=f=1400,aecho=0.8:0.6:90|210:0.3|0.2,afade=in:d=0.8,afade=out:st=${seconds - 1.2}:d=1.2[a]`,
  ];
};

/**
 * Two passes, so that the file meets its budget. A key frame each second makes seeking exact enough to scrub.
 *
 * @param {string} frames a folder of numbered PNGs @param {number} fps @param {Film} film @param {string} target
 */
export const encodeVideo = async (frames, fps, film, target) => {
  const log = await mkdtemp(join(tmpdir(), 'pass-'));
  const kbps = Math.floor((film.kilobytes * 8) / film.seconds) - 34;
  const input = ['-framerate', String(fps), '-i', join(frames, '%04d.png')];
  const video = [
    '-c:v',
    'libx264',
    '-profile:v',
    'high',
    '-level',
    '3.0',
    '-pix_fmt',
    'yuv420p',
    '-preset',
    'veryslow',
    '-tune',
    'animation',
    '-aq-mode',
    '3',
    '-g',
    String(fps),
    '-keyint_min',
    String(fps),
    '-sc_threshold',
    '0',
    '-b:v',
    `${kbps}k`,
    '-vf',
    'scale=out_color_matrix=bt709:out_range=tv',
    '-colorspace',
    'bt709',
    '-color_primaries',
    'bt709',
    '-color_trc',
    'bt709',
    '-fflags',
    '+bitexact',
    '-flags:v',
    '+bitexact',
  ];
  try {
    ffmpeg([...input, ...video, '-pass', '1', '-an', '-f', 'null', '-'], log);
    const sound = ['-map', '0:v', '-map', '[a]', '-c:a', 'aac', '-b:a', '24k', '-ac', '1', '-flags:a', '+bitexact'];
    ffmpeg(
      [
        ...input,
        ...pad(film.sound, film.seconds),
        ...video,
        '-pass',
        '2',
        ...sound,
        '-t',
        String(film.seconds),
        '-movflags',
        '+faststart',
        target,
      ],
      log,
    );
  } finally {
    await rm(log, { recursive: true });
  }
  return stat(target);
};

/** The same film as HLS in fMP4 segments of two seconds. @param {string} video @param {string} folder */
export const encodeHls = async (video, folder) => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  ffmpeg([
    '-i',
    video,
    '-c',
    'copy',
    '-f',
    'hls',
    '-hls_time',
    '2',
    '-hls_playlist_type',
    'vod',
    '-hls_segment_type',
    'fmp4',
    '-hls_fmp4_init_filename',
    'init.mp4',
    '-hls_segment_filename',
    join(folder, '%d.m4s'),
    join(folder, 'video.m3u8'),
  ]);
  const segments = (await readdir(folder)).filter((name) => name.endsWith('.m4s'));
  const sizes = await Promise.all(segments.map(async (name) => (await stat(join(folder, name))).size));
  // By RFC 8216 the bandwidth is that of the heaviest segment.
  const rate = Math.ceil((Math.max(...sizes) * 8) / 2);
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-STREAM-INF:BANDWIDTH=${rate},RESOLUTION=360x640,FRAME-RATE=24,CODECS="avc1.64001e,mp4a.40.2"`,
    'video.m3u8',
    '',
  ];
  await writeFile(join(folder, 'index.m3u8'), lines.join('\n'));
};
