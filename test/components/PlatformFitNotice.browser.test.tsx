import '../../src/styles/index.css';
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { PlatformFitNotice } from '../../src/components/index.js';
import type { PlatformFit } from '../../src/model/container.js';
import { createWorld } from '../support/world.js';
import { describeConformance } from './describeConformance.js';
import { contrastOf, findViolations, Page, THEMES } from './support.js';

const unfit: PlatformFit = { platform: 'tiktok', ok: false, issues: ['The video is 12 minutes long.', 'There is no sound.'] };
const remarks: PlatformFit = { platform: 'youtube', ok: true, issues: ['There is no caption.'] };
const fine: PlatformFit = { platform: 'instagram', ok: true, issues: [] };

describeConformance('PlatformFitNotice', <PlatformFitNotice platformFit={[unfit]} />);

describe('PlatformFitNotice', () => {
  it('names the platform, and says what the API says and nothing else', async () => {
    const screen = await render(<PlatformFitNotice platformFit={[unfit, fine, remarks]} />);
    expect(screen.container.innerText.split(/\n+/).filter(Boolean)).toEqual([
      'Does not fit TikTok',
      ...unfit.issues,
      'Good to know for YouTube',
      ...remarks.issues,
    ]);
    expect((screen.container.firstElementChild as HTMLElement).dataset.state).toBe('unfit');
    expect(screen.container.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
  });

  it('has what the API says beside its heading, in either writing direction of the page', async () => {
    const screen = await render(
      <div dir="rtl">
        <PlatformFitNotice platformFit={[unfit]} />
      </div>,
    );
    const right = (selector: string) => screen.container.querySelector(selector)?.getBoundingClientRect().right;
    const issue = screen.container.querySelector('li') as HTMLElement;
    expect(right('li')).toBeCloseTo(right('[data-part="word"]') as number, 0);
    expect(issue.getBoundingClientRect().width).toBeLessThan((issue.parentElement as HTMLElement).clientWidth / 2);
  });

  it('draws each remark in its place where the API names a platform or an issue twice', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => {});
    const twice = { ...unfit, issues: ['Too long.', 'Too long.'] };
    const screen = await render(<PlatformFitNotice platformFit={[twice, twice, remarks]} />);
    await screen.rerender(<PlatformFitNotice platformFit={[twice, remarks]} />);
    const calls = [...told.mock.calls];
    told.mockRestore();
    expect(calls).toEqual([]);
    expect(screen.container.querySelectorAll('[data-part="platform"]')).toHaveLength(2);
    expect(screen.container.querySelectorAll('li')).toHaveLength(3);
  });

  it('invents no reason where the API gives none', async () => {
    const screen = await render(<PlatformFitNotice platformFit={[{ ...unfit, issues: [] }]} />);
    expect(screen.container.innerText.trim()).toBe('Does not fit TikTok');
  });

  it('reads a platform that it does not know from its own name', async () => {
    const screen = await render(
      <PlatformFitNotice
        platformFit={[
          { ...unfit, platform: 'pinterest_pins' },
          { ...unfit, platform: 'constructor' },
        ]}
      />,
    );
    await expect.element(screen.getByText('Does not fit Pinterest pins')).toBeVisible();
    await expect.element(screen.getByText('Does not fit Constructor')).toBeVisible();
  });

  it('in a card says only which platforms it does not fit', async () => {
    const screen = await render(<PlatformFitNotice platformFit={[unfit, remarks]} compact />);
    expect(screen.container.innerText.trim()).toBe('Does not fit TikTok');
  });

  it.for([null, undefined, [], [fine]])('draws nothing for %j', async (platformFit) => {
    const screen = await render(<PlatformFitNotice platformFit={platformFit as PlatformFit[]} />);
    expect(screen.container.childElementCount).toBe(0);
  });

  it('with a containerId reads it from the record', async () => {
    let world: ReturnType<typeof createWorld>;
    const fetch = async (input: string, init: RequestInit) => {
      const response = await world.simulator.fetch(input, init);
      return Response.json({ ...(await response.json()), platformFit: [unfit] });
    };
    world = createWorld({}, { fetch });
    const id = world.simulator.addContainer({ state: 'completed', creativeType: 'uploaded', format: null });
    const screen = await render(<PlatformFitNotice containerId={id} />, { wrapper: world.wrapper });
    await expect.element(screen.getByText('Does not fit TikTok')).toBeVisible();
    expect(world.reads()).toHaveLength(1);
  });
});

describe.for(THEMES)('in the %s theme', (theme) => {
  it.for([true, false])(
    'has at least 4.5 to 1 between words and ground, and nothing that axe objects to (compact: %s)',
    async (compact) => {
      const screen = await render(
        <Page theme={theme}>
          <PlatformFitNotice platformFit={[unfit, remarks]} compact={compact} />
        </Page>,
      );
      const platforms = screen.container.querySelectorAll('[data-part="platform"]');
      expect(platforms).toHaveLength(compact ? 1 : 2);
      for (const platform of platforms) {
        expect(contrastOf(platform)).toBeGreaterThanOrEqual(4.5);
        expect(contrastOf(platform.querySelector('svg') as Element, platform)).toBeGreaterThanOrEqual(3);
      }
      expect(await findViolations(screen.container)).toEqual([]);
    },
  );
});
