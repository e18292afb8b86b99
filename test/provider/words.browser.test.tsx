import { type ReactNode, useState } from 'react';
import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { ApprovalBadge, ContainerCard, englishMessages, LayersProvider, type LayersProviderProps, StatusBadge } from '../../src/index.js';
import { messages as de } from '../../src/locales/de.js';
import { type MessagesContextValue, useWords } from '../../src/provider/MessagesContext.js';

function Provider(props: Pick<LayersProviderProps, 'messages' | 'locale'> & { children: ReactNode }) {
  return <LayersProvider baseUrl="https://words.invalid" {...props} />;
}

const shown = (
  <>
    <StatusBadge status="processing" />
    <ApprovalBadge status="approved" />
    <ContainerCard container={null} />
  </>
);
const said = (root: HTMLElement) => [
  ...[...root.querySelectorAll('[data-part="word"]')].map(({ textContent }) => textContent),
  root.querySelector('article')?.ariaLabel,
];
const own = { first: 'one', second: 'two' };

describe('words', () => {
  it('are English without a provider and under one that has no others', async () => {
    const bare = await render(shown);
    const words = [englishMessages.status('processing'), englishMessages.approval('approved'), englishMessages.cardLoading];
    expect(said(bare.container)).toEqual(words);
    await bare.unmount();
    const provided = await render(<Provider>{shown}</Provider>);
    expect(said(provided.container)).toEqual(words);
  });

  it('are those of a pack, all of them', async () => {
    const screen = await render(
      <Provider locale="de" messages={de}>
        {shown}
      </Provider>,
    );
    expect(said(screen.container)).toEqual([de.status('processing'), de.approval('approved'), de.cardLoading]);
  });

  it('are replaced one by one, and the others stay', async () => {
    const screen = await render(<Provider messages={{ cardLoading: 'One moment', approval: () => 'Signed off' }}>{shown}</Provider>);
    expect(said(screen.container)).toEqual([englishMessages.status('processing'), 'Signed off', 'One moment']);
  });

  it('are the same object for as long as they are the same, and for all who say them', async () => {
    const seen: MessagesContextValue[] = [];
    const messages = { second: 'deux' } as object;
    function Reader() {
      const [, again] = useState(0);
      seen.push(useWords(own));
      return (
        <button type="button" onClick={() => again((times) => times + 1)}>
          again
        </button>
      );
    }
    const screen = await render(
      <Provider locale="fr" messages={messages}>
        <Reader />
        <Reader />
      </Provider>,
    );
    await screen.getByText('again').first().click();
    expect(seen.length).toBeGreaterThanOrEqual(3);
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toEqual({ locale: 'fr', messages: { first: 'one', second: 'deux' } });
  });
});
