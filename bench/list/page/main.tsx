import { QueryClient, QueryClientProvider, useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { createLayersClient, LayersProvider, useContainerList } from '../../../src/index.js';
import { createSimulator, type Simulator } from '../../../src/testing.js';

/** How a list is kept and drawn. */
export type How = 'by hand' | 'by hand, virtualized' | 'layers-react';

/** What one way of keeping a list costs. */
export interface ListFigures {
  how: How;
  /** Requests for one refresh with 50 pages loaded. */
  requests: number;
  /** Rows that stay the same object when one is put in at the top of so many. */
  kept: Record<number, number>;
  /** Renders of rows for one status change among 5,000 rows. */
  rowRenders: number;
  /** Renders of the list itself for it. */
  listRenders: number;
  /** Rows in the document while all 5,000 are loaded. */
  drawn: number;
}

declare global {
  interface Window {
    measureList(how: How): Promise<ListFigures>;
  }
}

interface Row {
  id: string;
  status: string;
}

/** What the list on the page last had, and what can be asked of it. */
interface Shown {
  rows: readonly Row[];
  hasNextPage: boolean;
  isFetching: () => boolean;
  loadMore: () => Promise<unknown>;
  refresh: () => Promise<unknown>;
}

const renders = { rows: 0, list: 0 };
let shown: Shown | undefined;

const countRow = () => {
  renders.rows += 1;
};
const countList = () => {
  renders.list += 1;
};
const show = (list: Shown) => {
  shown = list;
};

const Card = memo(function Card({ row }: { row: Row }) {
  countRow();
  return <li>{row.status}</li>;
});

function Rows({ rows }: { rows: readonly Row[] }) {
  countList();
  return (
    <ul>
      {rows.map((row) => (
        <Card key={row.id} row={row} />
      ))}
    </ul>
  );
}

const ROW_HEIGHT = 40;

/** The same rows through TanStack Virtual, as its documentation shows it. */
function VirtualRows({ rows }: { rows: readonly Row[] }) {
  countList();
  const box = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- its functions are read in the render that made them, and by no memo
  const virtualizer = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => ROW_HEIGHT });
  return (
    <div ref={box} style={{ height: 600, overflow: 'auto' }}>
      <ul style={{ position: 'relative', height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row && <PlacedCard key={row.id} row={row} start={start} />;
        })}
      </ul>
    </div>
  );
}

const PlacedCard = memo(function PlacedCard({ row, start }: { row: Row; start: number }) {
  countRow();
  return <li style={{ position: 'absolute', height: ROW_HEIGHT, transform: `translateY(${start}px)` }}>{row.status}</li>;
});

interface ListProps {
  simulator: Simulator;
  queryClient: QueryClient;
  limit: number;
}

const ByHandAll = (props: ListProps) => <Rows rows={useByHand(props)} />;
const ByHandVirtualized = (props: ListProps) => <VirtualRows rows={useByHand(props)} />;

function useByHand({ simulator, queryClient, limit }: ListProps): readonly Row[] {
  const { data, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['containers', limit],
    queryFn: async ({ pageParam, signal }): Promise<{ items: Row[]; nextCursor: string | null }> => {
      const cursor = pageParam === null ? '' : `&cursor=${encodeURIComponent(pageParam)}`;
      const path = `/v1/projects/${simulator.projectIds[0]}/content?limit=${limit}${cursor}`;
      const response = await simulator.fetch(`https://by-hand.invalid${path}`, { signal });
      return response.json();
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  show({ rows, hasNextPage, loadMore: fetchNextPage, refresh: refetch, isFetching: () => queryClient.isFetching() > 0 });
  return rows;
}

function Ours({ simulator, queryClient, limit }: ListProps) {
  const { data, hasNextPage, fetchNextPage, refresh, showNew } = useContainerList(simulator.projectIds[0], {
    limit,
    refreshInterval: false,
  });
  const rows = data?.containers ?? [];
  show({
    rows,
    hasNextPage,
    loadMore: fetchNextPage,
    refresh: () => refresh().then(showNew),
    isFetching: () => queryClient.isFetching() > 0,
  });
  return <Rows rows={rows} />;
}

const lists = { 'by hand': ByHandAll, 'by hand, virtualized': ByHandVirtualized, 'layers-react': Ours };

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** Shows a list of `count` rows in pages of `limit`, all of them loaded, and hands over. */
async function withList<Result>(how: How, count: number, limit: number, measure: (simulator: Simulator, ids: string[]) => Promise<Result>) {
  const simulator = createSimulator({ tier: 'off' });
  const now = Date.now();
  const ids = Array.from({ length: count }, (_, index) =>
    simulator.addContainer({ state: 'completed', createdAt: now - 10_000_000 + index }),
  );
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  const client = createLayersClient({
    baseUrl: `https://${Object.keys(lists).indexOf(how)}-${count}.invalid`,
    fetch: simulator.fetch,
    readsPerMinute: 100_000,
  });
  const List = lists[how];
  const root = createRoot(document.getElementById('root') as HTMLElement);
  shown = undefined;
  root.render(
    <QueryClientProvider client={queryClient}>
      <LayersProvider client={client}>
        <List simulator={simulator} queryClient={queryClient} limit={limit} />
      </LayersProvider>
    </QueryClientProvider>,
  );
  while ((shown as Shown | undefined)?.rows.length !== count) {
    await frame();
    const list = shown as Shown | undefined;
    if (list?.hasNextPage && !list.isFetching()) await list.loadMore();
  }
  await frame();
  const result = await measure(simulator, ids);
  root.unmount();
  return result;
}

/** Refreshes, and waits until what it brought is drawn. */
async function refreshed(): Promise<readonly Row[]> {
  await shown?.refresh();
  await frame();
  await frame();
  return shown?.rows ?? [];
}

window.measureList = async (how) => {
  const requests = await withList(how, 250, 5, async (simulator) => {
    simulator.clearRequests();
    await refreshed();
    return simulator.requests.length;
  });
  const keptOf = (count: number) =>
    withList(how, count - 1, 200, async (simulator) => {
      const before = shown?.rows ?? [];
      simulator.addContainer({ state: 'completed' });
      const after = new Set(await refreshed());
      return before.filter((row) => after.has(row)).length;
    });
  const kept = { 200: await keptOf(200), 5000: await keptOf(5_000) };
  const counted = await withList(how, 5_000, 200, async (simulator, ids) => {
    simulator.decide(ids.at(-10) as string, 'approved');
    renders.rows = 0;
    renders.list = 0;
    await refreshed();
    return { rowRenders: renders.rows, listRenders: renders.list, drawn: document.getElementsByTagName('li').length };
  });
  return { how, requests, kept, ...counted };
};
