import { afterEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { lazyPart } from '../../src/components/PreviewPlayer/lazyPart.js';
import { pass, stopTime } from '../support/time.js';

afterEach(() => {
  vi.useRealTimers();
});

/** A part whose file is refused as long as it says so. */
function refusedPart() {
  const network = { isDown: true };
  const fetchPart = vi.fn(async () => {
    if (network.isDown) throw new TypeError('Failed to fetch dynamically imported module');
    return () => <p>part</p>;
  });
  const Part = lazyPart(fetchPart, { before: () => <p>before</p>, instead: () => <p>instead</p> });
  return { network, fetchPart, Part };
}

describe('a part that cannot be fetched', () => {
  it('has something else in its place, and is there after a while', async () => {
    stopTime();
    const { network, fetchPart, Part } = refusedPart();
    const screen = await render(<Part />);
    await expect.element(screen.getByText('instead')).toBeInTheDocument();
    network.isDown = false;
    await pass(5000);
    await expect.element(screen.getByText('part')).toBeInTheDocument();
    expect(fetchPart).toHaveBeenCalledTimes(2);
  });

  it('is fetched less and less often, and not at all where nobody needs it', async () => {
    stopTime();
    const { fetchPart, Part } = refusedPart();
    const screen = await render(<Part />);
    await pass(20_000);
    expect(fetchPart).toHaveBeenCalledTimes(3);
    await screen.unmount();
    await pass(600_000);
    expect(fetchPart).toHaveBeenCalledTimes(3);
  });

  it('is fetched at once when the connection is back', async () => {
    stopTime();
    const { network, Part } = refusedPart();
    const screen = await render(<Part />);
    await expect.element(screen.getByText('instead')).toBeInTheDocument();
    network.isDown = false;
    window.dispatchEvent(new Event('online'));
    await expect.element(screen.getByText('part')).toBeInTheDocument();
  });

  it('is fetched again for the next that needs it', async () => {
    stopTime();
    const { network, Part } = refusedPart();
    const first = await render(<Part />);
    await expect.element(first.getByText('instead')).toBeInTheDocument();
    await first.unmount();
    network.isDown = false;
    const next = await render(<Part />);
    await expect.element(next.getByText('part')).toBeInTheDocument();
  });
});
