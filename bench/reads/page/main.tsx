import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { LayersProvider, ProgressBar, useContainerProgress, useOnScreen } from '../../../src/index.js';

interface Progress {
  status: string;
  stage: string | null;
}

declare global {
  interface Window {
    /** When the data of a container first said that it is over, by id. */
    ended: Record<string, number>;
    renders: number;
  }
}
window.ended = {};
window.renders = 0;

const parameters = new URLSearchParams(location.search);
const ids = (parameters.get('ids') ?? '').split(',');
const isOver = (status: string | undefined) => status === 'completed' || status === 'failed' || status === 'canceled';

function note(id: string, status: string | undefined) {
  window.renders += 1;
  if (isOver(status)) window.ended[id] ??= Date.now();
}

const since = new Map<string, { stage: string | null; at: number }>();

function ByHand({ id }: { id: string }) {
  const { data } = useQuery<Progress>({
    queryKey: ['progress', id],
    queryFn: async ({ signal }) => {
      const response = await fetch(`/v1/content/${id}/progress`, { signal });
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    },
    refetchInterval: ({ state }) => {
      if (isOver(state.data?.status)) return false;
      const stage = state.data?.stage ?? null;
      if (since.get(id)?.stage !== stage) since.set(id, { stage, at: Date.now() });
      return Date.now() - (since.get(id)?.at ?? 0) > 30_000 ? 5_000 : 2_000;
    },
  });
  note(id, data?.status);
  return <p>{data?.status}</p>;
}

function Ours({ id }: { id: string }) {
  const ref = useOnScreen(id);
  const { data } = useContainerProgress(id);
  note(id, data?.status);
  return (
    <div ref={ref}>
      <ProgressBar progress={data ?? null} />
    </div>
  );
}

const Row = parameters.get('how') === 'by hand' ? ByHand : Ours;

createRoot(document.getElementById('root') as HTMLElement).render(
  <QueryClientProvider client={new QueryClient()}>
    <LayersProvider baseUrl={location.origin}>
      {ids.map((id, index) => (
        // Ten fit on the screen of 720 px; the rest is below it.
        <div key={id} style={{ height: 72, marginTop: index === 10 ? 900 : 0 }}>
          <Row id={id} />
        </div>
      ))}
    </LayersProvider>
  </QueryClientProvider>,
);
