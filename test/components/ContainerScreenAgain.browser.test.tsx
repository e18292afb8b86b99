import '../../src/styles/index.css';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { ContainerScreen } from '../../src/index.js';
import { lastError, progress } from '../../stories/support/progress.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife } from '../support/world.js';
import { containers } from './support.js';

const root = () => document.querySelector('.layers-ContainerScreen') as HTMLElement;

describe('ContainerScreen: a try that was refused', () => {
  beforeEach(() => {
    stopTime();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is no longer told of when the container was made again all the same', async () => {
    const world = createWorld({
      generation: { ...shortLife(8_000), outcome: 'failed', lastError },
      faults: [{ kind: 'status', status: 402, match: /POST/, times: 1 }],
    });
    const id = world.simulator.addContainer();
    const screen = await render(<ContainerScreen containerId={id} />, { wrapper: world.wrapper });
    const refusal = () => root().querySelector('[role="alert"]');
    await pass(15_000);
    screen.container.querySelector<HTMLElement>('[data-part="again"]')?.click();
    await pass(1_000);
    expect(refusal()).not.toBeNull();
    expect(root().dataset['state']).toBe('failed');
    await world.client.regenerate(id);
    await pass(2_000);
    expect(['queued', 'making']).toContain(root().dataset['state']);
    await pass(400_000);
    expect(root().dataset['state']).toBe('failed');
    expect(refusal()).toBeNull();
  });
});

describe('ContainerScreen: media that is revealed', () => {
  it('is that of the container that was seen in flight, and not of the next one', async () => {
    const screen = await render(<ContainerScreen container={containers.processing} progress={progress.running} />);
    await screen.rerender(<ContainerScreen container={containers.ready} />);
    expect('revealed' in root().dataset).toBe(false);
    const made = { ...containers.ready, id: containers.processing.id };
    await screen.rerender(<ContainerScreen container={made} />);
    expect('revealed' in root().dataset).toBe(true);
  });
});
