import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';
import { serveMedia } from '../../src/simulator/media/serve.js';

/**
 * Serves the simulator's media below `/faulty/` on the test server's origin, and below `/faulty/fixtures/` that of `test/support/media`, with what can go
 * wrong in the query: `no-ranges` (a server that sends only whole files), `status=404`, `empty` (0 bytes),
 * `corrupt`, `kbps=100` (slow), `hold` (no byte before `/faulty/release?of=x` is asked for), `first=404` (the first request only), `until=50000` (the connection ends after so many bytes of the file, and
 * whatever begins beyond is 403, as with a signature that has run out), `segments=1` (a playlist whose later segments are 404). Faults in `signature` go
 * with the signature. `/faulty/log?of=x` lists what was asked for with `id=x`.
 */
export const faultyMedia = (): Plugin => ({
  name: 'faulty-media',
  configureServer({ middlewares }) {
    middlewares.use('/faulty/', (request, response) => void answer(request, response));
  },
});

/** Who waits for the release of an id; `null`: it is released. */
const held = new Map<string, (() => void)[] | null>();
const released = (id: string) =>
  new Promise<void>((resolve) => {
    const waiting = held.get(id);
    if (waiting === null) resolve();
    else held.set(id, [...(waiting ?? []), resolve]);
  });

const requests: { id: string; path: string; range: string; ended: boolean }[] = [];

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A playlist with only so many segments that are there. */
function breakPlaylist(playlist: Uint8Array, segments: number, id: string): Uint8Array {
  let seen = 0;
  const lines = new TextDecoder().decode(playlist).split('\n');
  const broken = lines.map((line) => (/^[^#]/.test(line) && ++seen > segments ? `${line}?id=${id}&status=404` : line));
  return new TextEncoder().encode(broken.join('\n'));
}

const TYPES: Record<string, string> = {
  webm: 'video/webm',
  mp4: 'video/mp4',
  m4s: 'video/iso.segment',
  m3u8: 'application/vnd.apple.mpegurl',
};

/** One of the files of `test/support/media`, whole. */
async function serveFixture(name: string, extension: string) {
  const body = new Uint8Array(await readFile(new URL(`./media/${name}`, import.meta.url)));
  return { status: 200, headers: { 'Content-Type': TYPES[extension] ?? 'application/octet-stream' } as Record<string, string>, body };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://test.invalid');
  const faults = new URLSearchParams([...searchParams, ...new URLSearchParams(searchParams.get('signature') ?? '')]);
  const name = pathname.slice(1);
  response.setHeader('Cache-Control', 'no-store');
  if (name === 'log') {
    const of = requests.filter(({ id }) => id === faults.get('of'));
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(of));
    return;
  }
  if (name === 'release') {
    const id = faults.get('of') ?? '';
    for (const resolve of held.get(id) ?? []) resolve();
    held.set(id, null);
    response.end();
    return;
  }
  const isFirst = !requests.some(({ id }) => id === faults.get('id'));
  const note = { id: faults.get('id') ?? '', path: name, range: request.headers.range ?? '', ended: false };
  requests.push(note);
  response.on('close', () => {
    note.ended = true;
  });
  if (faults.has('hold')) await released(note.id);
  const status = Number((isFirst && faults.get('first')) || faults.get('status') || 0);
  if (status > 0) {
    response.writeHead(status).end();
    return;
  }
  const hasRange = note.range && !['corrupt', 'empty', 'no-ranges'].some((fault) => faults.has(fault));
  const fixture = /^fixtures\/([\w-]+(?:\/[\w-]+)?\.(\w+))$/.exec(name);
  const file = fixture
    ? await serveFixture(fixture[1] ?? '', fixture[2] ?? '')
    : await serveMedia(request.method ?? 'GET', name, new Headers(hasRange ? { range: note.range } : {}), 'req_faulty');
  if (faults.has('no-ranges')) delete file.headers['Accept-Ranges'];
  const whole = file.body instanceof Uint8Array ? file.body : new Uint8Array();
  const bytes = faults.has('segments') ? breakPlaylist(whole, Number(faults.get('segments')), note.id) : whole;
  const body = faults.has('empty') ? new Uint8Array() : faults.has('corrupt') ? bytes.map((byte) => byte ^ 0x5a) : bytes;
  const start = Number(/bytes (\d+)/.exec(file.headers['Content-Range'] ?? '')?.[1] ?? 0);
  const until = Number(faults.get('until') ?? Number.POSITIVE_INFINITY) - start;
  if (until <= 0) {
    response.writeHead(403).end();
    return;
  }
  response.writeHead(file.status, { ...file.headers, 'Cache-Control': 'no-store', 'Content-Length': String(body.length) });
  const step = Number(faults.get('kbps') ?? 0) * 12.5 || 16_384;
  for (let at = 0; at < body.length && !response.destroyed; at += step) {
    if (at >= until) {
      response.destroy();
      return;
    }
    response.write(body.slice(at, Math.min(at + step, until)));
    if (faults.has('kbps')) await wait(100);
  }
  response.end();
}
