import '../../src/styles/index.css';
import type { ReactElement } from 'react';
import { expect, it } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { ApprovalActions, ContainerCard, ContainerScreen, PreviewPlayer } from '../../src/components/index.js';
import { createWorld } from '../support/world.js';
import { containers } from './support.js';

const decide = { onApprove: () => {}, onReject: () => {} };

it.for<[string, (id: string) => ReactElement]>([
  ['PreviewPlayer', (id) => <PreviewPlayer containerId={id} />],
  ['ContainerCard', (id) => <ContainerCard containerId={id} />],
  ['ContainerScreen', (id) => <ContainerScreen containerId={id} />],
  ['ApprovalActions', (id) => <ApprovalActions containerId={id} />],
  ['ApprovalActions of a container', (id) => <ApprovalActions container={{ ...containers.toApprove, id }} />],
  ['ApprovalActions of plain data', (id) => <ApprovalActions container={{ ...containers.toApprove, id }} {...decide} />],
])('%s stays as it is where the id of its container is spelled another way', async ([, draw]) => {
  const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
  const id = world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending', generation: { kind: 'image' } });
  const screen = await render(draw(id), { wrapper: world.wrapper });
  await expect.poll(() => screen.container.querySelector('img, [data-part="approve"]')).not.toBeNull();
  const root = screen.container.firstElementChild;
  await screen.rerender(draw(id.replace('cnt_', '')));
  expect(screen.container.firstElementChild).toBe(root);
  await screen.rerender(draw(world.simulator.addContainer()));
  expect(screen.container.firstElementChild).not.toBe(root);
  await cleanup();
});
