import '../../src/styles/index.css';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { PostDetails } from '../../src/components/index.js';
import { LayersProvider, parseContainer } from '../../src/index.js';
import { messages as german } from '../../src/locales/de.js';
import { createWorld } from '../support/world.js';
import { describeConformance } from './describeConformance.js';
import { findViolations, Page, THEMES } from './support.js';

const caption = 'One 🏃‍♀️\n\n  two  #run @kate https://layers.com/plan.';
const container = parseContainer({
  id: 'cnt_1',
  status: 'completed',
  approvalStatus: 'pending',
  format: 'ugc_remix',
  caption,
  firstComment: 'First!',
  influencerId: 'inf_1',
  preview: { kind: 'video', primaryUrl: 'https://media.layers.com/v.mp4', durationMs: 27_500 },
});
const items = (root: Element) => [...root.querySelectorAll<HTMLElement>('[data-item]')].map(({ dataset }) => dataset['item']);
const words = (root: Element) => [...root.querySelectorAll('[data-part="words"]')].map(({ textContent }) => textContent);

function clipboard(writeText: (text: string) => Promise<void>) {
  return vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(writeText);
}
afterEach(() => {
  vi.restoreAllMocks();
});

describeConformance('PostDetails', <PostDetails container={container} />);

describe('PostDetails', () => {
  it('shows what will be posted, exactly', async () => {
    const screen = await render(<PostDetails container={container} />);
    expect(items(screen.container)).toEqual(['caption', 'firstComment', 'format', 'length']);
    expect(words(screen.container)).toEqual([caption, 'First!']);
    const shown = screen.container.querySelector('[data-part="words"]') as HTMLElement;
    expect(getComputedStyle(shown).whiteSpace).toBe('pre-wrap');
    expect(shown.dir).toBe('auto');
    expect([...shown.querySelectorAll('[data-tag]')].map(({ textContent }) => textContent)).toEqual(['#run', '@kate']);
    const link = shown.querySelector('a') as HTMLAnchorElement;
    expect([link.getAttribute('href'), link.rel, link.target]).toEqual([
      'https://layers.com/plan',
      'noopener noreferrer nofollow',
      '_blank',
    ]);
    await expect.element(screen.getByText('UGC remix')).toBeVisible();
    await expect.element(screen.getByText('0:28')).toBeVisible();
  });

  it('shows nothing of what the API does not send', async () => {
    const screen = await render(<PostDetails container={parseContainer({ id: 'cnt_1', caption: ' \n' })} />);
    expect(screen.container.innerHTML).toBe('');
    await screen.rerender(<PostDetails container={null} />);
    expect(screen.container.innerHTML).toBe('');
    await screen.rerender(<PostDetails container={parseContainer({ id: 'cnt_1', caption: 'Hi', platformFit: [] })} />);
    expect(items(screen.container)).toEqual(['caption']);
  });

  it('has the captions by platform, each text once, and the one for all where it is another', async () => {
    const captions = [
      { platform: 'tiktok', text: 'Short' },
      { platform: 'instagram', text: 'Long' },
      { platform: 'youtube', text: 'Short' },
    ];
    const labels = (root: Element) => [...root.querySelectorAll('[data-part="label"]')].map(({ textContent }) => textContent);
    const screen = await render(<PostDetails container={parseContainer({ id: 'cnt_1', captions })} />);
    expect(labels(screen.container)).toEqual(['Caption for TikTok, YouTube', 'Caption for Instagram']);
    await screen.rerender(<PostDetails container={parseContainer({ id: 'cnt_1', captions, caption: 'All' })} />);
    expect(labels(screen.container)[0]).toBe('Caption');
    expect(words(screen.container)).toEqual(['All', 'Short', 'Long']);
  });

  it('warns of platforms that an upload does not fit', async () => {
    const platformFit = [{ platform: 'tiktok', ok: false, issues: ['Too long.'] }];
    const screen = await render(<PostDetails container={parseContainer({ id: 'cnt_1', caption: 'Hi', platformFit })} />);
    expect(screen.container.querySelector('.layers-PlatformFitNotice[data-state="unfit"]')).not.toBeNull();
  });

  it('copies each text exactly, and says so on the button and to a voice', async () => {
    const write = clipboard(async () => {});
    const screen = await render(<PostDetails container={container} />);
    await screen.getByRole('button', { name: 'Copy: Caption' }).click();
    expect(write).toHaveBeenLastCalledWith(caption);
    await expect.element(screen.getByRole('button', { name: 'Copied: Caption' })).toBeVisible();
    expect(screen.container.querySelector('[role="status"]')?.textContent).toBe('Copied');
    (screen.getByRole('button', { name: 'Copy: First comment' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    expect(write).toHaveBeenLastCalledWith('First!');
  });

  it('says that it could not copy, where there is no clipboard or it refuses', async () => {
    clipboard(async () => {
      throw new DOMException('No.', 'NotAllowedError');
    });
    const screen = await render(<PostDetails container={container} />);
    await screen.getByRole('button', { name: 'Copy: Caption' }).click();
    await expect.element(screen.getByText("Couldn't copy. Select the text and copy it yourself.").first()).toBeVisible();
    vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue(undefined as never);
    await screen.getByRole('button', { name: 'Copy: First comment' }).click();
    await expect.poll(() => screen.container.querySelectorAll('[data-part="problem"]').length).toBe(2);
  });

  it('has slots: who presents it is the host’s to show, and each part can be replaced', async () => {
    const onCopy = vi.fn<(text: string | null) => void>();
    const write = clipboard(async () => {});
    const screen = await render(
      <PostDetails
        container={container}
        parts={{
          speaker: ({ container: { id } }) => `Kate of ${id}`,
          firstComment: () => null,
          caption: ({ children, text }) => <section data-length={text?.length}>{children}</section>,
          copy: ({ text, onClick }) => (
            <button
              type="button"
              onClick={() => {
                onCopy(text);
                onClick?.();
              }}
            >
              Take
            </button>
          ),
        }}
      />,
    );
    expect(items(screen.container)).toEqual(['caption', 'speaker', 'format', 'length']);
    await expect.element(screen.getByText('Kate of cnt_1')).toBeVisible();
    expect(screen.container.querySelector(`section[data-length="${caption.length}"]`)).not.toBeNull();
    await screen.getByRole('button', { name: 'Take' }).click();
    expect(onCopy).toHaveBeenCalledWith(caption);
    expect(write).toHaveBeenCalledWith(caption);
  });

  it('follows a container, and says where it cannot be read', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ state: 'completed', caption: 'From the API' });
    const screen = await render(<PostDetails containerId={id} />, { wrapper: world.wrapper });
    await expect.element(screen.getByText('From the API')).toBeVisible();
    await screen.rerender(<PostDetails containerId="cnt_00000000-0000-4000-8000-000000000000" />);
    await expect.element(screen.getByText("Couldn't load the post details.")).toBeVisible();
    expect((screen.container.firstElementChild as HTMLElement).dataset['state']).toBe('unavailable');
  });

  it('speaks the language of the provider', async () => {
    const screen = await render(
      <LayersProvider baseUrl="/api/layers" locale="de" messages={german}>
        <PostDetails container={container} />
      </LayersProvider>,
    );
    await expect.element(screen.getByRole('button', { name: 'Kopieren: Bildunterschrift' })).toBeVisible();
  });

  it.for(THEMES)('has no violation of WCAG in the %s theme', async (theme) => {
    const screen = await render(
      <Page theme={theme}>
        <PostDetails container={container} />
      </Page>,
    );
    expect(await findViolations(screen.container)).toEqual([]);
  });
});
