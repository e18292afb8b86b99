import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, test } from 'vitest';
import { cleanup, renderHook } from 'vitest-browser-react';
import { createLayersClient, LayersProvider, useApproval, useContainerList } from '../../src/index.js';
import { createSimulator } from '../../src/testing.js';
import { fence } from '../support/fence.js';
import { until } from '../support/until.js';

afterEach(cleanup);

test('a list that another tab had begun to read before a decision does not undo it here', async () => {
  const simulator = createSimulator({ tier: 'off' });
  const id = simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
  const projectId = simulator.projectIds[0] as string;
  /** A client as another tab of the origin would have it, with a list on screen. */
  const open = async () => {
    const client = createLayersClient({ baseUrl: 'https://tabs-decide.invalid', fetch: simulator.fetch, shareTabs: true });
    const queryClient = new QueryClient();
    const drawn: (string | undefined)[] = [];
    const { result } = await renderHook(
      () => {
        const { data, refresh } = useContainerList(projectId, { refreshInterval: false });
        const { mutateAsync } = useApproval(id);
        const status = data?.containers[0]?.rawApprovalStatus;
        drawn.push(status);
        return { status, refresh, mutateAsync };
      },
      {
        wrapper: ({ children }) => (
          <LayersProvider client={client} queryClient={queryClient}>
            {children}
          </LayersProvider>
        ),
      },
    );
    await until(() => expect(result.current.status).toBe('pending'));
    return { result, drawn };
  };
  const reader = await open();
  const other = await open();

  simulator.clearRequests();
  simulator.setFaults([{ kind: 'latency', latencyMs: 400, match: /GET/, times: 1 }]);
  const polled = reader.result.current.refresh();
  await until(() => expect(simulator.requests).toHaveLength(1));
  await other.result.current.mutateAsync({ decision: 'approve' });
  await until(() => expect(other.result.current.status).toBe('approved'));
  await polled;
  await until(() => expect(reader.result.current.status).toBe('approved'));
  await fence(4);
  for (const { drawn } of [reader, other]) expect(drawn.slice(drawn.indexOf('approved'))).not.toContain('pending');
  expect([reader.result.current.status, other.result.current.status]).toEqual(['approved', 'approved']);
});
