import '../../src/styles/index.css';
import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { ApprovalBadge, StatusBadge } from '../../src/components/index.js';
import type { ApprovalStatus, ContainerStatus } from '../../src/model/status.js';
import { describeConformance } from './describeConformance.js';
import { contrastOf, findViolations, Page, THEMES } from './support.js';

const statuses: [ContainerStatus, string][] = [
  ['queued', 'Waiting to start'],
  ['processing', 'Being made'],
  ['completed', 'Ready'],
  ['failed', 'Could not be made'],
  ['canceled', 'Stopped'],
  ['unknown', 'Status unknown'],
];
const approvals: [ApprovalStatus, string][] = [
  ['pending', 'Waiting for your approval'],
  ['approved', 'Approved'],
  ['rejected', 'Rejected'],
  ['not_required', 'No approval needed'],
  ['unknown', 'Review unknown'],
];

describeConformance('StatusBadge', <StatusBadge status="processing" />);
describeConformance('ApprovalBadge', <ApprovalBadge status="pending" />);

describe('StatusBadge', () => {
  it.for(statuses)('says %s in a word and an icon of its own', async ([status, word]) => {
    const screen = await render(<StatusBadge status={status} />);
    await expect.element(screen.getByText(word)).toBeVisible();
    expect((screen.container.firstElementChild as HTMLElement).dataset.state).toBe(status);
    expect(screen.container.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
  });

  it('tells statuses apart by shape', async () => {
    const screen = await render(
      <>
        {statuses.map(([status]) => (
          <StatusBadge key={status} status={status} />
        ))}
      </>,
    );
    const shapes = [...screen.container.querySelectorAll('svg')].map((svg) => svg.innerHTML);
    expect(new Set(shapes).size).toBe(statuses.length);
  });

  it('follows a change of status', async () => {
    const screen = await render(<StatusBadge status="processing" />);
    const states = [];
    for (const status of ['processing', 'completed', 'failed'] as const) {
      await screen.rerender(<StatusBadge status={status} />);
      states.push((screen.container.firstElementChild as HTMLElement).dataset.state);
    }
    expect(states).toEqual(['processing', 'completed', 'failed']);
  });

  it('reads a word from a newer server as unknown', async () => {
    const screen = await render(<StatusBadge status={'constructor' as ContainerStatus} />);
    await expect.element(screen.getByText('Status unknown')).toBeVisible();
  });

  it('draws nothing without a status', async () => {
    const screen = await render(<StatusBadge status={undefined} />);
    expect(screen.container.childElementCount).toBe(0);
  });
});

describe('ApprovalBadge', () => {
  it.for(approvals)('says %s in a word', async ([status, word]) => {
    const screen = await render(<ApprovalBadge status={status} showNotRequired />);
    await expect.element(screen.getByText(word)).toBeVisible();
    expect((screen.container.firstElementChild as HTMLElement).dataset.state).toBe(status);
  });

  it('hides what needs no approval', async () => {
    const screen = await render(<ApprovalBadge status="not_required" />);
    expect(screen.container.childElementCount).toBe(0);
  });

  it('draws nothing without a status or an id', async () => {
    const screen = await render(<ApprovalBadge containerId={null} />);
    expect(screen.container.childElementCount).toBe(0);
  });

  it('tells approvals apart by shape', async () => {
    const screen = await render(
      <>
        {approvals.map(([status]) => (
          <ApprovalBadge key={status} status={status} showNotRequired />
        ))}
      </>,
    );
    const shapes = [...screen.container.querySelectorAll('svg')].map((svg) => svg.innerHTML);
    expect(new Set(shapes).size).toBe(approvals.length);
  });
});

describe.for(THEMES)('a word of a newer server in the %s theme', (theme) => {
  it('is neutral: it promises and warns of nothing', async () => {
    const screen = await render(
      <Page theme={theme}>
        <>
          <StatusBadge status="canceled" />
          <StatusBadge status={'paused_by_moderation' as ContainerStatus} />
          <ApprovalBadge status="not_required" showNotRequired />
          <ApprovalBadge status={'escalated' as ApprovalStatus} />
        </>
      </Page>,
    );
    const looks = [...screen.container.querySelectorAll('span[data-state]')].map((badge) => {
      const { color, backgroundColor } = getComputedStyle(badge);
      return `${color} on ${backgroundColor}`;
    });
    expect(looks).toHaveLength(4);
    expect(new Set(looks).size).toBe(1);
  });
});

describe.for(THEMES)('badges in the %s theme', (theme) => {
  it('have at least 4.5 to 1 between text and ground', async () => {
    const screen = await render(
      <Page theme={theme}>
        <>
          {statuses.map(([status]) => (
            <StatusBadge key={status} status={status} />
          ))}
          {approvals.map(([status]) => (
            <ApprovalBadge key={status} status={status} showNotRequired />
          ))}
        </>
      </Page>,
    );
    const badges = [...screen.container.querySelectorAll('span[data-state]')];
    expect(badges).toHaveLength(statuses.length + approvals.length);
    const tooLow = badges.map((badge) => [badge.textContent, contrastOf(badge)] as const).filter(([, contrast]) => contrast < 4.5);
    expect(tooLow).toEqual([]);
    const icons = badges.map((badge) => [badge.textContent, contrastOf(badge.querySelector('svg') as Element, badge)] as const);
    expect(icons.filter(([, contrast]) => contrast < 3)).toEqual([]);
    expect(await findViolations(screen.container)).toEqual([]);
  });
});
