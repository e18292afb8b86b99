import { QueryClient, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { expectTypeOf, test } from 'vitest';
import {
  type ApprovalResult,
  type Container,
  type ContainerList,
  type ContainerListFilters,
  type ContainerProgress,
  type ContainerStatus,
  type ContainerSummary,
  containerListOptions,
  containerOptions,
  containerProgressOptions,
  createLayersClient,
  isLayersError,
  type Job,
  type ListData,
  jobOptions,
  jobProgressOptions,
  LayersError,
  LayersProvider,
  layersKeys,
  type Preview,
  type UseContainerListResult,
  type UseContainerOptions,
  useApproval,
  useContainer,
  useContainerList,
  useContainerProgress,
  useJob,
  useJobProgress,
} from '../../src/index.js';

const client = createLayersClient({ baseUrl: '/api/layers' });
const queryClient = new QueryClient();

test('data is narrowed by status', () => {
  const result = useContainer('cnt_1');
  expectTypeOf(result.data).toEqualTypeOf<Container | undefined>();
  if (result.status === 'success') {
    expectTypeOf(result.data).toEqualTypeOf<Container>();
    expectTypeOf(result.error).toEqualTypeOf<null>();
  }
  if (result.isPending) expectTypeOf(result.data).toEqualTypeOf<undefined>();
  if (result.status === 'error') expectTypeOf(result.error).toEqualTypeOf<LayersError>();
});

test('data is narrowed by status through destructuring too', () => {
  const { status, data, error } = useContainerProgress('cnt_1');
  expectTypeOf(status).toEqualTypeOf<'pending' | 'error' | 'success'>();
  if (status === 'success') expectTypeOf(data).toEqualTypeOf<ContainerProgress>();
  if (status === 'error') expectTypeOf(error.requestId).toEqualTypeOf<string | null>();
});

test('every read hook has its data and LayersError as its error', () => {
  expectTypeOf(useContainer('cnt_1').error).toEqualTypeOf<LayersError | null>();
  expectTypeOf(useContainerProgress('cnt_1').error).toEqualTypeOf<LayersError | null>();
  expectTypeOf(useContainerList('prj_1').error).toEqualTypeOf<LayersError | null>();
  expectTypeOf(useJob('job_1').error).toEqualTypeOf<LayersError | null>();
  expectTypeOf(useContainerProgress('cnt_1').data).toEqualTypeOf<ContainerProgress | undefined>();
  expectTypeOf(useContainerList('prj_1').data).toEqualTypeOf<ContainerList | undefined>();
  expectTypeOf(useJob('job_1').data).toEqualTypeOf<Job | undefined>();
  expectTypeOf(useJobProgress('job_1').data).toEqualTypeOf<ContainerProgress | undefined>();
});

test('an id that is not there yet is allowed, another kind of value is not', () => {
  useContainer(undefined);
  for (const hook of [useContainer, useContainerProgress, useContainerList, useJob, useJobProgress] as const)
    expectTypeOf(hook).parameter(0).toEqualTypeOf<string | null | undefined>();
  // @ts-expect-error an id is a string
  useContainer(7);
  // @ts-expect-error an id is a string
  useContainerList({ projectId: 'prj_1' });
});

test('options take what they know and nothing else', () => {
  expectTypeOf<UseContainerOptions['refetchInterval']>().toEqualTypeOf<number | false | undefined>();
  useContainer('cnt_1', { enabled: false, refetchInterval: 5_000 });
  useContainer('cnt_1', { refetchInterval: false, enabled: undefined });
  expectTypeOf(useContainer('cnt_1', { select: (container: Container) => container.status }).data).toEqualTypeOf<
    ContainerStatus | undefined
  >();
  // @ts-expect-error an interval is a number of milliseconds
  useContainer('cnt_1', { refetchInterval: '2s' });
});

test('the filters of a list are checked', () => {
  useContainerList('prj_1', {
    status: ['queued', 'processing'],
    format: 'ugc-remix',
    creativeType: 'uploaded',
    since: '2026-04-01T00:00:00Z',
    limit: 50,
  });
  useContainerList('prj_1', { status: ['queued'] as const, format: ['anything-new'] as readonly string[] });
  expectTypeOf<ContainerListFilters['limit']>().toEqualTypeOf<number | undefined>();
  // @ts-expect-error not a status
  useContainerList('prj_1', { status: 'rendering' });
  // @ts-expect-error unknown is how we read a word that we do not know; nobody can ask for it
  useContainerList('prj_1', { status: 'unknown' });
  // @ts-expect-error the API has no filter for approval
  useContainerList('prj_1', { approvalStatus: 'pending' });
});

test('a list knows its rows', () => {
  const { data } = useContainerList('prj_1');
  expectTypeOf(data?.containers).toEqualTypeOf<ContainerSummary[] | undefined>();
  expectTypeOf(data?.invalidCount).toEqualTypeOf<number | undefined>();
  // @ts-expect-error a row is less than a container
  expectTypeOf(data?.containers[0]?.assets);
});

test('a list takes options of TanStack Query, and has its own beside its result', () => {
  const list = useContainerList('prj_1', {
    select: ({ containers }) => containers.length,
    enabled: false,
    staleTime: 5_000,
    gcTime: 60_000,
    throwOnError: (error) => error.status === 403,
    placeholderData: (previous: ListData | undefined) => previous,
  });
  expectTypeOf(list.data).toEqualTypeOf<number | undefined>();
  if (list.status === 'success') expectTypeOf(list.data).toEqualTypeOf<number>();
  expectTypeOf(list.loadMore).toEqualTypeOf<() => Promise<void>>();
  expectTypeOf(list.fetchNextPage).toEqualTypeOf<() => Promise<void>>();
  expectTypeOf(list.loadMoreError).toEqualTypeOf<LayersError | null>();
  expectTypeOf(list.hasNextPage).toEqualTypeOf<boolean>();
  expectTypeOf(useContainerList('prj_1')).toEqualTypeOf<UseContainerListResult>();
  const { status, data } = { ...useContainerList('prj_1') };
  if (status === 'success') expectTypeOf(data).toEqualTypeOf<ContainerList>();
  // @ts-expect-error a selection is made from the list
  useContainerList('prj_1', { select: ({ pages }) => pages });
});

test('a decision is approve, or reject with a reason', () => {
  const { mutate, data, error } = useApproval('cnt_1');
  expectTypeOf(data).toEqualTypeOf<ApprovalResult | undefined>();
  expectTypeOf(error).toEqualTypeOf<LayersError | null>();
  mutate({ decision: 'approve' });
  mutate({ decision: 'approve', note: 'Good' });
  mutate({ decision: 'reject', reason: 'Off brand' });
  // @ts-expect-error a rejection needs a reason
  mutate({ decision: 'reject' });
  // @ts-expect-error there is no other decision
  mutate({ decision: 'postpone' });
});

test('the cache knows what is behind the key of an options builder', () => {
  expectTypeOf(queryClient.getQueryData(containerOptions(client, 'cnt_1').queryKey)).toEqualTypeOf<Container | undefined>();
  expectTypeOf(queryClient.getQueryData(containerProgressOptions(client, 'cnt_1').queryKey)).toEqualTypeOf<ContainerProgress | undefined>();
  expectTypeOf(queryClient.getQueryData(jobOptions(client, 'job_1').queryKey)).toEqualTypeOf<Job | undefined>();
  expectTypeOf(queryClient.getQueryData(containerListOptions(client, 'prj_1').queryKey)).toEqualTypeOf<ListData | undefined>();
  expectTypeOf(queryClient.getQueryState(containerOptions(client, 'cnt_1').queryKey)?.error).toEqualTypeOf<
    LayersError | null | undefined
  >();
  // @ts-expect-error what is written has to be a container
  queryClient.setQueryData(containerOptions(client, 'cnt_1').queryKey, { id: 'cnt_1' });
});

test('an options builder goes into every function of TanStack Query', () => {
  expectTypeOf(queryClient.fetchQuery(containerOptions(client, 'cnt_1'))).resolves.toEqualTypeOf<Container>();
  expectTypeOf(queryClient.ensureQueryData(jobOptions(client, 'job_1'))).resolves.toEqualTypeOf<Job>();
  expectTypeOf(useSuspenseQuery(jobProgressOptions(client, 'job_1')).data).toEqualTypeOf<ContainerProgress>();
  expectTypeOf(queryClient.prefetchQuery(containerProgressOptions(client, 'cnt_1'))).resolves.toEqualTypeOf<void>();
  expectTypeOf(queryClient.prefetchQuery(containerListOptions(client, 'prj_1'))).resolves.toEqualTypeOf<void>();
  expectTypeOf(useSuspenseQuery(containerOptions(client, 'cnt_1')).data).toEqualTypeOf<Container>();
  expectTypeOf(useSuspenseQuery(containerListOptions(client, 'prj_1')).data).toEqualTypeOf<ContainerList>();
  expectTypeOf(queryClient.fetchQuery(containerListOptions(client, 'prj_1'))).resolves.toEqualTypeOf<ListData>();
  expectTypeOf(useQuery(containerOptions(client, 'cnt_1')).data).toEqualTypeOf<Container | undefined>();
});

test('keys are literal tuples that start alike', () => {
  expectTypeOf(layersKeys.container(client, 'cnt_1')).toEqualTypeOf<readonly ['layers', string, 'container', string, string]>();
  expectTypeOf(layersKeys.all(client)).toEqualTypeOf<readonly ['layers', string]>();
});

test('a preview is narrowed by its kind', () => {
  const show = (preview: Preview): string | null => {
    switch (preview.kind) {
      case 'video':
      case 'slideshow':
      case 'image':
        return preview.primaryUrl;
      case 'unknown':
        expectTypeOf(preview.rawKind).toEqualTypeOf<string>();
        return preview.primaryUrl;
      default:
        return preview satisfies never;
    }
  };
  expectTypeOf(show).returns.toEqualTypeOf<string | null>();
  // @ts-expect-error only an unknown kind has a raw one
  expectTypeOf((preview: Extract<Preview, { kind: 'video' }>) => preview.rawKind);
});

test('isLayersError narrows what was caught', () => {
  const caught: unknown = new LayersError({ code: 'NOT_FOUND', message: 'Gone.' });
  expectTypeOf(isLayersError).guards.toEqualTypeOf<LayersError>();
  if (isLayersError(caught)) expectTypeOf(caught.retryAfterMs).toEqualTypeOf<number | null>();
});

test('a provider takes a client or a baseUrl, and not both or none', () => {
  expectTypeOf(<LayersProvider client={client} />).not.toBeAny();
  expectTypeOf(
    <LayersProvider baseUrl="/api/layers" queryClient={queryClient} locale="de" messages={{ details: 'Einzelheiten' }} />,
  ).not.toBeAny();
  // @ts-expect-error neither
  expectTypeOf(<LayersProvider />);
  // @ts-expect-error both
  expectTypeOf(<LayersProvider client={client} baseUrl="/api/layers" />);
  // @ts-expect-error not a word of ours
  expectTypeOf(<LayersProvider baseUrl="/api/layers" messages={{ aWordThatIsNotOurs: 'x' }} />);
});
