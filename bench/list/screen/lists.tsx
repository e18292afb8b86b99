import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { memo, Profiler, useEffect, useRef, useState } from 'react';
import { type Container, ContainerCard, ContainerGrid, parseContainerPage, useContainerList } from '../../../src/index.js';
import type { Simulator } from '../../../src/testing.js';

/** The three ways of showing the same list by the same card, so that they differ in nothing but the list. */
export type How = 'all rows' | 'window' | 'ours';

/** What the list on the page last had, and what can be asked of it. */
export interface Shown {
  count: number;
  isFetching: boolean;
  loadMore: () => Promise<unknown>;
  refresh: () => Promise<unknown>;
}

export const latest: { shown: Shown | undefined; cardRenders: number } = { shown: undefined, cardRenders: 0 };

interface ListProps {
  simulator: Simulator;
  pageSize: number;
}

const countRender = () => {
  latest.cardRenders += 1;
};
const show = (shown: Shown) => {
  latest.shown = shown;
};

function Card({ container }: { container: Container }) {
  return (
    <Profiler id="card" onRender={countRender}>
      <ContainerCard container={container} />
    </Profiler>
  );
}
const MemoCard = memo(Card);

const render = (container: unknown) => <Card container={container as Container} />;

type Page = { containers: Container[]; nextCursor: string | null };
const selectRows = (data: InfiniteData<Page>) => data.pages.flatMap(({ containers }) => containers);

/** `useInfiniteQuery` as TanStack's documentation shows it, refreshed by its `refetch`. */
function useByHand({ simulator, pageSize }: ListProps) {
  const list = useInfiniteQuery({
    queryKey: ['containers', pageSize],
    queryFn: async ({ pageParam, signal }) => {
      const cursor = pageParam === null ? '' : `&cursor=${encodeURIComponent(pageParam)}`;
      const response = await simulator.fetch(
        `https://by-hand.invalid/v1/projects/${simulator.projectIds[0]}/content?limit=${pageSize}${cursor}`,
        { signal },
      );
      return parseContainerPage(await response.json()) as unknown as Page;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    select: selectRows,
    staleTime: Number.POSITIVE_INFINITY,
  });
  show({ count: list.data?.length ?? 0, isFetching: list.isFetching, loadMore: list.fetchNextPage, refresh: list.refetch });
  return list.data ?? [];
}

const columns = 'repeat(auto-fill, minmax(180px, 1fr))';

function AllRows(props: ListProps) {
  const rows = useByHand(props);
  return (
    <ul style={{ display: 'grid', gridTemplateColumns: columns, gap: 16, margin: 0, padding: 0, listStyle: 'none' }}>
      {rows.map((row) => (
        <li key={row.id} style={{ display: 'grid' }}>
          <MemoCard container={row} />
        </li>
      ))}
    </ul>
  );
}

/** A window of fixed heights written by hand: the heights are known, nothing is measured, nothing can be reached by keys, nothing is restored. */
function Window(props: ListProps) {
  const rows = useByHand(props);
  const list = useRef<HTMLUListElement>(null);
  const [first, setFirst] = useState(0);
  const perRow = Math.floor((innerWidth - 32 + 16) / 196);
  const [height, setHeight] = useState(450);
  useEffect(() => {
    const look = () => setFirst(Math.max(0, Math.floor((scrollY - 16) / (height + 16)) - 2));
    addEventListener('scroll', look, { passive: true });
    return () => removeEventListener('scroll', look);
  }, [height]);
  const hasRows = rows.length > 0;
  useEffect(() => {
    if (hasRows) setHeight(list.current?.querySelector('li')?.offsetHeight ?? 450);
  }, [hasRows]);
  const lines = Math.ceil(rows.length / perRow);
  const last = Math.min(lines, first + Math.ceil(innerHeight / (height + 16)) + 5);
  return (
    <ul
      ref={list}
      style={{
        boxSizing: 'border-box',
        display: 'grid',
        alignContent: 'start',
        gridTemplateColumns: columns,
        gap: 16,
        blockSize: lines * (height + 16) - 16,
        margin: 0,
        padding: 0,
        paddingBlockStart: first * (height + 16),
        listStyle: 'none',
        overflowAnchor: 'none',
      }}
    >
      {rows.slice(first * perRow, last * perRow).map((row) => (
        <li key={row.id} style={{ display: 'grid' }}>
          <MemoCard container={row} />
        </li>
      ))}
    </ul>
  );
}

function Ours({ simulator, pageSize }: ListProps) {
  const list = useContainerList(simulator.projectIds[0], { limit: pageSize, refreshInterval: false });
  const containers = list.data?.containers;
  const isFetching = list.isFetching || list.isFetchingNextPage;
  show({ count: containers?.length ?? 0, isFetching, loadMore: list.loadMore, refresh: list.refresh });
  return <ContainerGrid containers={containers} hasNextPage={list.hasNextPage} loadMore="button" renderItem={render} scrollKey={null} />;
}

export const lists = { 'all rows': AllRows, window: Window, ours: Ours };
