import { describe, expect, test } from 'vitest';
import type { SimulatorOptions } from '../../src/testing.js';
import { setup } from './support.js';

async function transcript(options: SimulatorOptions): Promise<string> {
  const { simulator, get, post, project, advance } = setup({ containers: 30, ...options });
  const lines: string[] = [];
  const note = ({ status, headers, text }: Awaited<ReturnType<typeof get>>) =>
    lines.push(`${status} ${JSON.stringify([...headers])} ${text}`);
  note(await get(`/v1/projects/${project}/content?limit=30`));
  const id = simulator.addContainer();
  for (let step = 0; step < 8; step += 1) {
    note(await get(`/v1/content/${id}`));
    note(await get(`/v1/content/${id}/progress`));
    note(await get(`/v1/jobs/${simulator.jobId(id)}`));
    note(await get(`/v1/projects/${project}/content/hooks`));
    advance(33_333);
  }
  note(await post(`/v1/content/${id}/reject`, { reason: 'No.' }));
  note(
    await post(`/v1/projects/${project}/content`, { format: options.edition === 'legacy' ? 'auto' : 'ugc-remix', brief: {}, hook: 'x' }),
  );
  note(await get(`/v1/projects/${project}/top-performers?metric=views`));
  return lines.join('\n');
}

describe('one seed', () => {
  test.each(['current', 'legacy'] as const)('gives byte-identical answers, headers included, in the %s edition', async (edition) => {
    const faults: SimulatorOptions['faults'] = [{ kind: 'status', status: 503, rate: 0.2 }];
    const [one, two] = await Promise.all([transcript({ seed: 7, edition, faults }), transcript({ seed: 7, edition, faults })]);
    expect(one).toBe(two);
    expect(await transcript({ seed: 8, edition, faults })).not.toBe(one);
  });

  test('draws every container apart, so that one more of them changes no other', async () => {
    const read = async (extra: number) => {
      const { simulator, get } = setup({ seed: 3 });
      const id = simulator.addContainer();
      for (let index = 0; index < extra; index += 1) simulator.addContainer();
      return (await get(`/v1/content/${id}`)).text;
    };
    expect(await read(0)).toBe(await read(3));
  });
});
