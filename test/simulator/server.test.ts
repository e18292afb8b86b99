import { request } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { mediaCatalog, type SimulatorOptions, type SimulatorServer } from '../../src/testing.js';
import { answerOf, setup, slow } from './support.js';

const open: SimulatorServer[] = [];

async function serve(options: SimulatorOptions = {}) {
  const made = setup(options);
  const server = await made.simulator.listen();
  open.push(server);
  return { ...made, server };
}

/** Sends a path as it stands: `fetch` would resolve the dots. */
function rawStatus(port: number, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

afterEach(async () => {
  vi.unstubAllGlobals();
  await Promise.all(open.splice(0).map((server) => server.close()));
});

describe('over HTTP', () => {
  test('the same API answers, media URLs point at the server', async () => {
    const { server, simulator, project } = await serve({ generation: slow });
    const id = simulator.addContainer({ state: 'completed', generation: { kind: 'video' } });
    const { body, headers } = await answerOf(await fetch(`${server.url}/v1/content/${id}`));
    expect(body.preview?.videoUrl?.startsWith(`${server.url}/media/`)).toBe(true);
    expect(headers.get('content-type')).toContain('application/json');
    expect(headers.has('access-control-allow-origin')).toBe(false);
    const video = await fetch(body.preview?.videoUrl ?? '');
    expect([video.status, video.headers.get('content-type')]).toEqual([200, 'video/mp4']);
    await video.arrayBuffer();
    const created = await fetch(`${server.url}/v1/projects/${project}/content/slideshow-builder`, {
      method: 'POST',
      body: JSON.stringify({ hook: 'Hé\nllo 🧠' }),
    });
    const { containerIds } = (await answerOf(created)).body;
    expect((await answerOf(await fetch(`${server.url}/v1/content/${containerIds[0]}`))).body.hook).toBe('Hé\nllo 🧠');
    expect(simulator.requests.map(({ status }) => status)).toEqual([200, 202, 200]);
  });

  test('304, preflight and unknown paths', async () => {
    const { server, simulator } = await serve({ generation: slow });
    const url = `${server.url}/v1/jobs/${simulator.jobId(simulator.addContainer())}`;
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const preflight = await fetch(url, { method: 'OPTIONS' });
    expect([preflight.status, preflight.headers.has('access-control-allow-origin')]).toEqual([204, false]);
    const media = await fetch(`${server.url}/media/dawn-run.mp4`, { method: 'OPTIONS' });
    expect([media.status, media.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    expect((await fetch(server.url)).status).toBe(404);
  });

  test('drop breaks the connection', async () => {
    const { server } = await serve({ faults: [{ kind: 'drop' }] });
    await expect(fetch(`${server.url}/v1/whoami`)).rejects.toThrow('fetch failed');
  });

  test('hang never answers, and closing the server ends it', async () => {
    const { server } = await serve({ faults: [{ kind: 'hang' }] });
    const aborted = fetch(`${server.url}/v1/whoami`, { signal: AbortSignal.timeout(30) });
    await expect(aborted).rejects.toMatchObject({ name: 'TimeoutError' });
    const pending = fetch(`${server.url}/v1/whoami`).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await server.close();
    open.length = 0;
    expect(await pending).toEqual(new TypeError('fetch failed'));
  });

  test('takes the port it is given, and says when it cannot', async () => {
    const { server, simulator } = await serve();
    await expect(simulator.listen(server.port)).rejects.toThrow('EADDRINUSE');
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
  });
});

describe('media files', () => {
  const base = 'https://media.simulator.invalid/';
  const files = mediaCatalog.flatMap((item) => {
    if (item.kind === 'video') return [item.video, item.poster, ...(item.hls === null ? [] : [item.hls])];
    return item.kind === 'slideshow' ? item.slides : [item.image];
  });

  test.each(files)('%s is there', async (name) => {
    const { simulator } = setup();
    const response = await simulator.fetch(base + name);
    expect(response.status).toBe(200);
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100);
  });

  test('every segment of the HLS rendition is there, with the types players ask for', async () => {
    const { simulator } = setup();
    const visit = async (name: string): Promise<string[]> => {
      const response = await simulator.fetch(base + name);
      expect(response.headers.get('content-type')).toBe('application/vnd.apple.mpegurl');
      const text = await response.text();
      const folder = name.slice(0, name.lastIndexOf('/') + 1);
      const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      const maps = [...text.matchAll(/URI="([^"]+)"/g)].map(([, uri]) => uri ?? '');
      const all = [...lines, ...maps].map((line) => folder + line);
      const nested = await Promise.all(all.filter((line) => line.endsWith('.m3u8')).map(visit));
      return [...all.filter((line) => !line.endsWith('.m3u8')), ...nested.flat()];
    };
    const segments = await visit('dawn-run/index.m3u8');
    expect(segments.length).toBeGreaterThan(2);
    for (const name of segments) {
      const response = await simulator.fetch(base + name);
      expect([name, response.status, response.headers.get('content-type')]).toEqual([
        name,
        200,
        expect.stringMatching(/^video\/(mp4|iso\.segment)$/),
      ]);
    }
  });

  test('Range: first bytes, open end, suffix, beyond, and nonsense', async () => {
    const { simulator } = setup();
    const whole = new Uint8Array(await (await simulator.fetch(`${base}dawn-run.mp4`)).arrayBuffer());
    const part = async (range: string) => {
      const response = await simulator.fetch(`${base}dawn-run.mp4`, { headers: { range } });
      const bytes = new Uint8Array(await response.arrayBuffer());
      return [response.status, response.headers.get('content-range'), bytes] as const;
    };
    const size = whole.length;
    expect(await part('bytes=0-1')).toEqual([206, `bytes 0-1/${size}`, whole.slice(0, 2)]);
    expect(await part(`bytes=${size - 3}-`)).toEqual([206, `bytes ${size - 3}-${size - 1}/${size}`, whole.slice(-3)]);
    expect(await part('bytes=-5')).toEqual([206, `bytes ${size - 5}-${size - 1}/${size}`, whole.slice(-5)]);
    expect(await part(`bytes=10-${size + 99}`)).toEqual([206, `bytes 10-${size - 1}/${size}`, whole.slice(10)]);
    expect(await part(`bytes=${size}-`)).toEqual([416, `bytes */${size}`, new Uint8Array()]);
    expect((await part('bytes=-0'))[0]).toBe(416);
    for (const nonsense of ['bytes=5-2', 'bytes=-', 'items=0-1', 'bytes=0-1,4-5']) expect((await part(nonsense))[0]).toBe(200);
  });

  test('HEAD, ETag and long caching, for every origin', async () => {
    const { simulator } = setup();
    const head = await simulator.fetch(`${base}dawn-run.jpg`, { method: 'HEAD' });
    expect([head.status, await head.text(), head.headers.get('content-type')]).toEqual([200, '', 'image/jpeg']);
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(1000);
    expect(head.headers.get('access-control-allow-origin')).toBe('*');
    expect(head.headers.get('cache-control')).toContain('immutable');
    const etag = head.headers.get('etag') ?? '';
    expect((await simulator.fetch(`${base}dawn-run.jpg`, { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await simulator.fetch(`${base}dawn-run.jpg`, { method: 'DELETE' })).status).toBe(405);
  });

  test.each([
    '../serve.ts',
    '..%2f..%2ftypes.ts',
    'dawn-run/../../catalog.ts',
    '%00.mp4',
    '/etc/passwd',
    'nope.mp4',
    'dawn-run',
    '%E0%A4%A.mp4',
  ])('refuses %s', async (name) => {
    const { server } = await serve();
    expect(await rawStatus(server.port, `/media/${name}`)).toBe(404);
  });

  test('where there is no file system, the answer says what to set', async () => {
    vi.stubGlobal('process', undefined);
    const { simulator } = setup();
    const { status, body } = await answerOf(await simulator.fetch(`${base}dawn-run.mp4`));
    expect([status, body.error.code]).toEqual([404, 'NOT_FOUND']);
    expect(body.error.message).toContain('mediaBaseUrl');
  });
});
