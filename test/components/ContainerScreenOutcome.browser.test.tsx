import '../../src/styles/index.css';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { ContainerScreen } from '../../src/components/index.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife } from '../support/world.js';

const RECORD = /GET \/v1\/content\/[^/]+$/;
const root = () => document.querySelector('.layers-ContainerScreen') as HTMLElement;
const part = (name: string) => root().querySelector<HTMLElement>(`[data-part="${name}"]`);

beforeEach(() => {
  stopTime();
});
afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

/** A screen of a container that is in flight. */
async function followed() {
  const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
  const id = world.simulator.addContainer({ generation: { ...shortLife(6_000), queuedMs: 0 }, approvalStatus: 'pending' });
  await render(<ContainerScreen containerId={id} />, { wrapper: world.wrapper });
  await pass(1_000);
  return world;
}

describe('a screen whose container has ended', () => {
  it('offers no decision before the media can be seen', async () => {
    const world = await followed();
    world.simulator.setFaults([{ kind: 'latency', match: RECORD, latencyMs: 8_000 }]);
    const seen = new Set<string>();
    const note = () => seen.add(`${root().dataset.state} ${part('approve') ? 'with' : 'without'} a decision`);
    const watch = new MutationObserver(note);
    watch.observe(root(), { subtree: true, childList: true, attributes: true });
    await pass(30_000);
    watch.disconnect();
    expect([...seen]).toEqual(['making without a decision', 'review with a decision']);
  });

  it('says that its media could not be read, and reads them when asked', async () => {
    const world = await followed();
    world.simulator.setFaults([{ kind: 'status', match: RECORD, status: 500 }]);
    await pass(60_000);
    expect(root().dataset.state).toBe('unavailable');
    expect(part('problem')?.textContent).toContain('This could not be loaded.');
    expect(root().textContent).not.toContain('You can leave this page');
    expect([part('progress'), part('approve')]).toEqual([null, null]);
    world.simulator.setFaults([]);
    part('retry')?.focus();
    part('retry')?.click();
    await pass(1_000);
    expect(root().dataset.state).toBe('review');
    expect(part('approve')).not.toBeNull();
    expect(root().contains(document.activeElement)).toBe(true);
  });
});
