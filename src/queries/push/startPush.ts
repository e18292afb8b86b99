import type { LayersClient } from '../../schedule/scheduledClient.js';

/** Lets a client use push from when its server part offers it: only then is the code for it loaded. */
export function startPush(client: LayersClient): void {
  const { schedule, settings } = client;
  if (!settings.push) return;
  let isLoading = false;
  schedule.pushBy({
    has: () => false,
    isOpen: false,
    look: () => {},
    close: () => {},
    offered: () => {
      if (isLoading) return;
      isLoading = true;
      import('./push.js').then(
        ({ Push }) => schedule.pushBy(new Push(client)),
        // Without the code it polls, as without the offer; the next offer loads it again.
        () => (isLoading = false),
      );
    },
  });
}
