import { renderToString } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import { createLayersClient, LayersProvider, useAsset, useCancelJob, useClone, useGenerate, useRegenerate } from '../../src/index.js';

function Screen() {
  const [generate, regenerate, clone] = [useGenerate('prj_1'), useRegenerate('cnt_1'), useClone('cnt_1')];
  const cancel = useCancelJob('job_1');
  const file = useAsset('cnt_1', 'ast_1');
  const starts = [generate, regenerate, clone].map(
    ({ status, problem, notice }) => `${status} ${problem?.message ?? 'no problem'} ${notice ?? 'no notice'}`,
  );
  return <p>{[...starts, `${cancel.status} ${cancel.message ?? 'no message'}`, file.status].join('; ')}</p>;
}

test('on a server nothing is started and nothing is read', () => {
  const fetch = vi.fn(async () => Response.json({}));
  const client = createLayersClient({ baseUrl: 'https://layers.invalid', fetch });
  const html = renderToString(
    <LayersProvider client={client}>
      <Screen />
    </LayersProvider>,
  );
  const idle = 'idle no problem no notice';
  expect(html).toContain(`<p>${idle}; ${idle}; ${idle}; idle no message; pending</p>`);
  expect(fetch).not.toHaveBeenCalled();
});
