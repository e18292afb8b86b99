// Draws and encodes the simulator's media: node scripts/media/make.mjs [name …]
// Needs ffmpeg with libx264, the Inter typeface, and the Chromium that the tests use.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright';
import { chromiumArgs, findChromium } from '../browser.mjs';
import { encodeHls, encodeVideo } from './encode.mjs';

const files = join(import.meta.dirname, '../../src/simulator/media/files');
const paint = join(import.meta.dirname, 'paint');
const origin = 'http://paint.invalid';
const fps = 24;

/** @typedef {import('./encode.mjs').Film} Film */
/** @type {Record<string, Film>} */
const films = {
  'dawn-run': { seconds: 7, kilobytes: 205, sound: [196, 246.94, 293.66, 392], hls: true },
  'evening-calendar': { seconds: 7.5, kilobytes: 190, sound: [174.61, 220, 261.63, 329.63] },
  'slow-coffee': { seconds: 6.5, kilobytes: 200, sound: [146.83, 220, 277.18, 369.99] },
  'night-serum': { seconds: 5, kilobytes: 135, sound: [130.81, 196, 233.08, 311.13] },
};
/** @type {Record<string, { count?: number, kilobytes: number }>} */
const pictures = {
  'patient-plants': { count: 5, kilobytes: 39 },
  'coast-weekend': { count: 5, kilobytes: 39 },
  'city-honey': { kilobytes: 44 },
  'slow-ceramics': { kilobytes: 44 },
  'reading-lamp': { kilobytes: 44 },
};

const asked = process.argv.slice(2);
const wanted = (/** @type {string} */ name) => asked.length === 0 || asked.includes(name);

const executablePath = await findChromium();
const browser = await chromium.launch({ args: chromiumArgs, ...(executablePath && { executablePath }) });
const page = await browser.newPage();
// Module scripts need an origin; this one exists only in the route below.
await page.route(`${origin}/**`, async (route) => {
  const name = new URL(route.request().url()).pathname.slice(1);
  if (name === '') return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>paint</title>' });
  return route.fulfill({ contentType: 'text/javascript', body: await readFile(join(paint, name), 'utf8') });
});
await page.goto(`${origin}/`);

/** @param {string} call @param {unknown[]} args */
const ask = async (call, ...args) => {
  const url = await page.evaluate(`import('/scenes.mjs').then((paint) => paint.${call}(...${JSON.stringify(args)}))`);
  return Buffer.from(String(url).slice(String(url).indexOf(',') + 1), 'base64');
};

/** @param {string} name @param {Buffer} bytes */
const save = async (name, bytes) => {
  await mkdir(dirname(join(files, name)), { recursive: true });
  await writeFile(join(files, name), bytes);
  console.log(`${name} ${bytes.length}`);
};

try {
  for (const [name, { count, kilobytes }] of Object.entries(pictures).filter(([name]) => wanted(name)))
    for (let index = 0; index < (count ?? 1); index++)
      await save(count ? `${name}/${index + 1}.jpg` : `${name}.jpg`, await ask('still', name, index, kilobytes * 1000));

  for (const [name, film] of Object.entries(films).filter(([name]) => wanted(name))) {
    await save(`${name}.jpg`, await ask('still', name, 0, 29_000));
    const frames = await mkdtemp(join(tmpdir(), 'frames-'));
    const total = Math.round(film.seconds * fps);
    for (let i = 0; i < total; i++)
      await writeFile(join(frames, `${String(i).padStart(4, '0')}.png`), await ask('film', name, i / (total - 1)));
    const video = join(files, `${name}.mp4`);
    const { size } = await encodeVideo(frames, fps, film, video);
    console.log(`${name}.mp4 ${size}`);
    if (film.hls) await encodeHls(video, join(files, name));
    await rm(frames, { recursive: true });
  }
} finally {
  await browser.close();
}
