import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { userEvent } from 'vitest/browser';
import { ContainerGrid, PreviewPlayer } from '../../src/components/index.js';
import { createLibrary } from '../../stories/support/library.js';
import { previews } from './support.js';

it.each([
  ['the seek bar', <PreviewPlayer key="1" preview={previews.video} controls="minimal" muted autoPlay loop />, 'slider'],
  ['the box that selects a card', <ContainerGrid key="2" containers={createLibrary(2, previews)} selectable={() => true} />, 'checkbox'],
] as const)('Enter on %s does not submit a form of the host', async (_, ours, role) => {
  const onSubmit = vi.fn((event: { preventDefault: () => void }) => event.preventDefault());
  const screen = await render(
    <form onSubmit={onSubmit}>
      <input aria-label="Title" />
      {ours}
      <button type="submit">Send</button>
    </form>,
  );
  const input = screen.getByRole(role).first();
  await expect.element(input).toBeInTheDocument();
  (input.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  expect(onSubmit).not.toHaveBeenCalled();
  (screen.getByLabelText('Title').element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  expect(onSubmit).toHaveBeenCalledOnce();
});
