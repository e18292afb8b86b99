import { expect, test } from 'vitest';
import { createSimulator } from '../../src/testing.js';

test('the API answers in a browser; media say what to set', async () => {
  const simulator = createSimulator({ containers: 5 });
  const list = await simulator.fetch(`/v1/projects/${simulator.projectIds[0]}/content?limit=5`);
  expect(list.status).toBe(200);
  expect(await list.json()).toMatchObject({ items: [{}, {}, {}, {}, {}], nextCursor: null });
  const media = await simulator.fetch('https://media.simulator.invalid/dawn-run.mp4');
  expect([media.status, await media.text()]).toEqual([404, expect.stringContaining('mediaBaseUrl')]);
});

test('with mediaBaseUrl, what is served there plays', async () => {
  const simulator = createSimulator({ mediaBaseUrl: '/' });
  const id = simulator.addContainer({ state: 'completed', generation: { kind: 'video' } });
  const { preview } = (await (await simulator.fetch(`/v1/content/${id}`)).json()) as { preview: { videoUrl: string; durationMs: number } };
  const video = document.createElement('video');
  video.src = preview.videoUrl;
  await new Promise((resolve, reject) => {
    video.onloadedmetadata = resolve;
    video.onerror = () => reject(new Error(video.error?.message));
  });
  expect(Math.abs(video.duration * 1000 - preview.durationMs)).toBeLessThan(200);
});
