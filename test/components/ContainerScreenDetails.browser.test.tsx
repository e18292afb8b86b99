import '../../src/styles/index.css';
import { afterEach, describe, expect, it } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { ContainerScreen } from '../../src/components/index.js';
import { parseContainer } from '../../src/index.js';
import { createWorld } from '../support/world.js';

afterEach(async () => cleanup());

const caption =
  'All of it.\n\nWith two breaks, and more words than a heading on a phone has room for, so that it is cut after two lines. #run';
const review = {
  id: 'cnt_1',
  status: 'completed',
  approvalStatus: 'pending',
  caption,
  platformFit: [{ platform: 'tiktok', ok: false, issues: ['Too long.'] }],
  influencerId: 'inf_1',
};
const details = (root: Element) => root.querySelector<HTMLElement>('.layers-PostDetails');

describe('what will be posted on a screen', () => {
  it('stands between the media and the buttons, whole, and the heading is not a second copy of it', async () => {
    const screen = await render(
      <div style={{ width: 390 }}>
        <ContainerScreen container={parseContainer(review)} onApprove={() => {}} onReject={() => {}} />
      </div>,
    );
    const shown = details(screen.container) as HTMLElement;
    expect(shown.querySelector('[data-part="words"]')?.textContent).toBe(caption);
    expect(shown.querySelector('.layers-PlatformFitNotice')).not.toBeNull();
    const approve = screen.getByRole('button', { name: 'Approve' }).element();
    expect(shown.compareDocumentPosition(approve) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
    const heading = screen.container.querySelector('h1') as HTMLElement;
    expect(heading.getBoundingClientRect().height).toBeLessThan(60);
    await screen.rerender(<ContainerScreen container={parseContainer({ ...review, hook: 'The hook' })} />);
    expect(screen.container.querySelector('h1')?.textContent).toBe('The hook');
    expect(details(screen.container)?.querySelector('[data-part="words"]')?.textContent).toBe(caption);
  });

  it.each(['queued', 'processing', 'failed', 'canceled'])('is not there while there is nothing to post: %s', async (status) => {
    const screen = await render(<ContainerScreen container={parseContainer({ ...review, status })} />);
    expect(details(screen.container)).toBeNull();
  });

  it('can be replaced, as a whole and in parts', async () => {
    const container = parseContainer(review);
    const screen = await render(<ContainerScreen container={container} detailParts={{ speaker: () => 'Kate' }} />);
    await expect.element(screen.getByText('Kate')).toBeVisible();
    await screen.rerender(<ContainerScreen container={container} parts={{ details: () => <p>Mine</p> }} />);
    await expect.element(screen.getByText('Mine')).toBeVisible();
    expect(details(screen.container)).toBeNull();
  });
});

describe('the words of a rejection', () => {
  it.each([
    ['current', 'A rejection is final.'],
    ['legacy', 'If a new version is generated, you can review that one.'],
  ] as const)('follow the edition: %s', async (edition, words) => {
    const world = createWorld({ edition }, { edition });
    const id = world.simulator.addContainer({ state: 'completed', approvalStatus: 'rejected' });
    const screen = await render(<ContainerScreen containerId={id} />, { wrapper: world.wrapper });
    await expect.element(screen.getByText(words)).toBeVisible();
  });

  it.each([
    [undefined, 'A rejection is final: it cannot be approved afterwards.'],
    [false, "Rejected content won't be posted. If a new version is generated, you can review that one."],
  ])('are the host’s to choose with plain data: %s', async (isRejectionFinal, words) => {
    const { ApprovalActions } = await import('../../src/components/index.js');
    const container = parseContainer({ ...review, hook: 'Hook' });
    const screen = await render(
      <ApprovalActions container={container} isRejectionFinal={isRejectionFinal} onApprove={() => {}} onReject={() => {}} />,
    );
    await screen.getByRole('button', { name: 'Reject' }).click();
    await expect.element(screen.getByText(words)).toBeVisible();
  });
});
