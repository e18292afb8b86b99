import { QueryClient } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createLayersClient, LayersProvider } from '../../src/index.js';
import { createSimulator } from '../../src/testing.js';
import { everyComponent, EveryHook } from './everyComponent.js';
import { shortLife } from './world.js';

// A page of its own, in a frame that may forbid or lack what pages have elsewhere: tells the page around it what it shows and what went wrong.
Object.assign(globalThis, { __vitest_browser_runner__: { wrapDynamicImport: (load: () => unknown) => load() } });

const wrong: string[] = [];
const note = (error: unknown) =>
  wrong.push(error instanceof Error ? `${error.message} ${error.stack?.split('\n')[1] ?? ''}` : String(error));
addEventListener('error', ({ error, message }) => note(error ?? message));
addEventListener('unhandledrejection', ({ reason }) => note(reason));

const media = new URL('/', document.baseURI).href;
const simulator = createSimulator({ tier: 'off', mediaBaseUrl: media });
// A client without a `fetch` of its own shares its budget and its reads with other tabs.
globalThis.fetch = simulator.fetch;
const client = createLayersClient({ baseUrl: 'https://frame.invalid' });
const ready = simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
const making = simulator.addContainer({ generation: shortLife(4_000) });

createRoot(document.getElementById('root') as HTMLElement, { onUncaughtError: note, onCaughtError: note }).render(
  <StrictMode>
    <LayersProvider client={client} queryClient={new QueryClient()} locale="en_US" onError={note}>
      {[ready, making].map((id) => (
        <section key={id} data-of={id === ready ? 'ready' : 'making'}>
          {everyComponent({ id, projectId: simulator.projectIds[0] as string })}
          <EveryHook id={id} projectId={simulator.projectIds[0] as string} />
        </section>
      ))}
    </LayersProvider>
  </StrictMode>,
);

/** Presses everything that there is to press, once. */
const pressed = new Set<Element>();
function press(): void {
  for (const button of document.querySelectorAll<HTMLElement>('button, input[type="checkbox"]')) {
    if (pressed.has(button)) continue;
    pressed.add(button);
    button.click();
  }
}

// What is shown is told whenever it changes.
const tell = () =>
  parent.postMessage(
    {
      wrong,
      broken: document.querySelectorAll('[data-state="broken"]').length,
      pressed: pressed.size,
      bars: [...document.querySelectorAll<HTMLElement>('.layers-ProgressBar')].map((bar) => bar.dataset.state),
      badges: [...document.querySelectorAll<HTMLElement>('.layers-StatusBadge')].map((badge) => badge.dataset.state),
      known: [...document.querySelectorAll('[data-known]')].map((each) => each.textContent),
    },
    '*',
  );
new MutationObserver(tell).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
addEventListener('message', ({ data }) => {
  if (data === 'press') press();
  tell();
});
tell();
