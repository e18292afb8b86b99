import '../../src/styles/index.css';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { ContainerScreen, type ContainerScreenProps } from '../../src/index.js';
import { containers } from './support.js';

const draw = (container: ContainerScreenProps['container'] & object) => <ContainerScreen container={container} />;

it('a screen shows as just finished what it has seen in flight, under either spelling of its id', async () => {
  const screen = await render(draw(containers.processing));
  const root = screen.container.firstElementChild as HTMLElement;
  await screen.rerender(draw({ ...containers.ready, id: containers.processing.id.replace('cnt_', '') }));
  expect(root.dataset.revealed).toBe('');
});

it('a screen of one container after the other does not show as just finished what had ended before', async () => {
  const screen = await render(draw(containers.processing));
  const root = screen.container.firstElementChild as HTMLElement;
  await screen.rerender(draw(containers.ready));
  expect(root.dataset.state).toBe('ready');
  expect(root.dataset.revealed).toBeUndefined();
});
