import { QueryClient, useQueries, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { expectTypeOf, test } from 'vitest';
import {
  type Container,
  type ContainerList,
  type ContainerProgress,
  type ContainerSummary,
  containerListOptions,
  containerOptions,
  containerProgressOptions,
  createLayersClient,
  type GenerateInput,
  LayersError,
  layersKeys,
  type UseContainerListOptions,
  type UseContainerOptions,
  type UseContainerProgressOptions,
  useContainer,
  useContainerList,
  useContainerProgress,
} from '../../src/index.js';

const client = createLayersClient({ baseUrl: '/api/layers' });
const queryClient = new QueryClient();

test('a container says whether it is known in full', () => {
  const { data } = useContainer('cnt_1');
  expectTypeOf(data).toEqualTypeOf<(Container & { isPartial: boolean }) | undefined>();
  expectTypeOf(data?.isPartial).toEqualTypeOf<boolean | undefined>();
  expectTypeOf<Container & { isPartial: boolean }>().toExtend<Container>();
});

test('`select` types what a hook gives', () => {
  expectTypeOf(useContainer('cnt_1', { select: ({ hook }) => hook }).data).toEqualTypeOf<string | null | undefined>();
  expectTypeOf(useContainerProgress('cnt_1', { select: ({ percent }) => percent }).data).toEqualTypeOf<number | null | undefined>();
  expectTypeOf(useContainerList('prj_1', { select: ({ containers }) => containers.length }).data).toEqualTypeOf<number | undefined>();
  useContainer('cnt_1', { select: (container) => expectTypeOf(container).toEqualTypeOf<Container & { isPartial: boolean }>() });
  useContainerProgress('cnt_1', { select: (progress) => expectTypeOf(progress).toEqualTypeOf<ContainerProgress>() });
  useContainerList('prj_1', { select: (list) => expectTypeOf(list).toEqualTypeOf<ContainerList>() });
});

test('hooks take the options of TanStack that make sense', () => {
  const shared = { enabled: true, staleTime: 1_000, gcTime: 60_000, throwOnError: true } as const;
  expectTypeOf(shared).toExtend<UseContainerOptions>();
  expectTypeOf(shared).toExtend<UseContainerProgressOptions>();
  expectTypeOf(shared).toExtend<UseContainerListOptions>();
  useContainer('cnt_1', { throwOnError: (error) => (expectTypeOf(error).toEqualTypeOf<LayersError>(), error.status === 403) });
  useContainer('cnt_1', { placeholderData: (previous) => previous });
  useContainerList('prj_1', { placeholderData: (previous) => previous, limit: 20 });
  useContainer('cnt_1', { refetchInterval: 0 });
  useContainer('cnt_1', { refetchInterval: false });
  // @ts-expect-error the key is ours
  useContainer('cnt_1', { queryKey: ['mine'] });
  // @ts-expect-error how it is read is ours
  useContainerProgress('cnt_1', { queryFn: async () => null });
  // @ts-expect-error no such option
  useContainerList('prj_1', { staleTimes: 5 });
});

test('the list has its functions, its rows that could not be read, and data', () => {
  const list = useContainerList('prj_1');
  expectTypeOf(list.data).toEqualTypeOf<ContainerList | undefined>();
  expectTypeOf(list.loadMore).toBeFunction();
  expectTypeOf(list.fetchNextPage).toEqualTypeOf(list.loadMore);
  expectTypeOf(list.loadMoreError).toEqualTypeOf<LayersError | null>();
  expectTypeOf(list.hasNextPage).toEqualTypeOf<boolean>();
  expectTypeOf(list.isFetchingNextPage).toEqualTypeOf<boolean>();
  const { data, ...rest } = list;
  expectTypeOf(data?.invalid).toEqualTypeOf<{ index: number; reason: string }[] | undefined>();
  expectTypeOf(rest.showNew).toEqualTypeOf<() => void>();
  if (list.status === 'success') expectTypeOf(list.data).toEqualTypeOf<ContainerList>();
});

test('the builders are ordinary query options', async () => {
  expectTypeOf(useQuery(containerListOptions(client, 'prj_1')).data).toEqualTypeOf<ContainerList | undefined>();
  expectTypeOf(useSuspenseQuery(containerListOptions(client, 'prj_1')).data).toEqualTypeOf<ContainerList>();
  expectTypeOf(useQuery(containerOptions(client, 'cnt_1')).data).toEqualTypeOf<(Container & { isPartial: boolean }) | undefined>();
  expectTypeOf(useSuspenseQuery(containerOptions(client, 'cnt_1')).data.isPartial).toEqualTypeOf<boolean>();
  expectTypeOf(useSuspenseQuery(containerProgressOptions(client, 'cnt_1')).data).toEqualTypeOf<ContainerProgress>();
  const [first] = useQueries({ queries: [containerProgressOptions(client, 'cnt_1'), containerOptions(client, 'cnt_1')] });
  expectTypeOf(first.data).toEqualTypeOf<ContainerProgress | undefined>();
  await queryClient.prefetchQuery(containerListOptions(client, 'prj_1'));
  await queryClient.prefetchQuery(containerOptions(client, 'cnt_1'));
  useQuery({ ...containerOptions(client, 'cnt_1'), select: ({ status }) => status });
  await queryClient.invalidateQueries({ queryKey: layersKeys.container(client, 'cnt_1') });
  expectTypeOf<ContainerList['containers'][number]>().toExtend<ContainerSummary>();
});

test('codes of errors are known, and the set is open', () => {
  const error = new LayersError({ code: 'CONFLICT', message: 'Somebody was first.' });
  expectTypeOf<'CONFLICT'>().toExtend<typeof error.code>();
  expectTypeOf<'SOMETHING_NEWER'>().toExtend<typeof error.code>();
  // Not a bare `string`: an editor has something to offer.
  expectTypeOf<string>().not.toEqualTypeOf<typeof error.code>();
});

test('what starts a generation names the formats that are known', () => {
  expectTypeOf<'video-remix'>().toExtend<GenerateInput['format']>();
  expectTypeOf<string>().not.toEqualTypeOf<GenerateInput['format']>();
  const remix: GenerateInput = { format: 'video-remix', influencerId: 'inf_1', tiktokVideoId: '7300000000000000000' };
  const newer: GenerateInput = { format: 'a-format-of-next-year' };
  expectTypeOf([remix, newer]).toExtend<GenerateInput[]>();
});
