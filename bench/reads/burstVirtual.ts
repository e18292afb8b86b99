import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { containerProgressOptions, createLayersClient } from '../../src/core.js';
import { BURST, type BurstFigures, burstFiguresOf, createBurst } from './burstScene.js';
import { logRequests } from './readLog.js';
import { inVirtualTime } from './virtualTime.js';

/** The burst without a page: 100 observers of `containerProgressOptions` at once, then a page of a list and an approval through the client. */
export function measureBurstInVirtualTime(): Promise<BurstFigures> {
  return inVirtualTime(async (pass) => {
    const { simulator, listed, pendingId, ids } = createBurst();
    const { log, fetch } = logRequests(simulator);
    const queryClient = new QueryClient();
    queryClient.mount();
    const client = createLayersClient({ baseUrl: 'https://api.invalid', fetch, scope: 'burst' });
    let cursor: string | null = null;
    void client.listContainers(listed, { limit: BURST.pageSize }).then(({ nextCursor }) => {
      cursor = nextCursor;
    });
    await pass(BURST.settlesMs);

    const mountedAt = Date.now();
    const dataAt = new Map<string, number>();
    const stops = ids.map((id) => {
      const observer = new QueryObserver(queryClient, containerProgressOptions(client, id) as never);
      return observer.subscribe(({ data }) => {
        if (data !== undefined && !dataAt.has(id)) dataAt.set(id, Date.now());
      });
    });
    await pass(BURST.moreAfterMs);
    const moreAt = Date.now();
    let moreShownAt: number | null = null;
    void client.listContainers(listed, { limit: BURST.pageSize }, { cursor }).then(
      () => {
        moreShownAt = Date.now();
      },
      () => {},
    );
    await pass(BURST.approveAfterMs);
    const approveAt = Date.now();
    void client.approve(pendingId).catch(() => {});
    await pass(mountedAt + BURST.lastsMs - Date.now());
    const endedAt = Date.now();
    for (const stop of stops) stop();
    queryClient.clear();
    queryClient.unmount();
    client.close();
    const waited = ids.map((id) => (dataAt.get(id) ?? Number.POSITIVE_INFINITY) - mountedAt);
    return burstFiguresOf('layers-react', log, { mountedAt, moreAt, moreShownAt, approveAt, endedAt }, waited);
  });
}
