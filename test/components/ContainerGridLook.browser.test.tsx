import '../../src/styles/index.css';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { ContainerCard, ContainerGrid } from '../../src/index.js';
import { NOW } from '../../stories/support/containers.js';
import { containers } from './support.js';

/** How every part of a card looks. */
const looks = () =>
  [...document.querySelectorAll('.layers-ContainerCard, .layers-ContainerCard *')].map((element) => {
    const { width, height } = element.getBoundingClientRect();
    const { padding, display, fontWeight, color, borderRadius, backgroundColor } = getComputedStyle(element);
    const name = `${element.tagName} ${(element as HTMLElement).dataset?.part ?? ''}`;
    return [name, Math.round(width), Math.round(height), padding, display, fontWeight, color, borderRadius, backgroundColor].join(' ');
  });

it.for(['processing', 'failed', 'withoutMedia', 'ready'] as const)('a card in a grid looks as it does by itself: %s', async (name) => {
  const container = name === 'withoutMedia' ? { ...containers.ready, preview: null } : containers[name];
  const alone = await render(
    <div style={{ inlineSize: 192 }}>
      <ContainerCard container={container} now={NOW} />
    </div>,
  );
  const before = looks();
  expect(before.length).toBeGreaterThan(8);
  await alone.unmount();
  await render(
    <div style={{ inlineSize: 400, '--layers-card-min': '192px' } as React.CSSProperties}>
      <ContainerGrid containers={[container]} now={NOW} />
    </div>,
  );
  expect(looks()).toEqual(before);
});

it.for(['grid', 'list'] as const)('a box that is not ticked is empty, also where there is no picture: %s', async (variant) => {
  await render(
    <ContainerGrid containers={[{ ...containers.ready, approvalStatus: 'pending', preview: null }]} variant={variant} selectable />,
  );
  const box = getComputedStyle(document.querySelector('[data-part="select"]') as Element, '::before');
  const card = getComputedStyle(document.querySelector('.layers-ContainerCard') as Element);
  expect(box.backgroundColor).toBe(card.backgroundColor);
  expect(box.borderTopColor).not.toBe(box.backgroundColor);
});
