import { useQuery } from '@tanstack/react-query';
import { expectTypeOf, test } from 'vitest';
import {
  type AcceptedJob,
  type AssetFile,
  assetOptions,
  type CancelAnswer,
  createLayersClient,
  type GenerateInput,
  type Job,
  LayersError,
  type ProblemInWords,
  useAsset,
  useCancelJob,
  useClone,
  useGenerate,
  useRegenerate,
} from '../../src/index.js';

const client = createLayersClient({ baseUrl: '/api/layers' });

test('a start is a mutation of TanStack, narrowed by its status', () => {
  const generate = useGenerate('prj_1');
  expectTypeOf(generate.data).toEqualTypeOf<AcceptedJob | undefined>();
  expectTypeOf(generate.problem).toEqualTypeOf<ProblemInWords | null>();
  if (generate.status === 'success') expectTypeOf(generate.data).toEqualTypeOf<AcceptedJob>();
  if (generate.isError) expectTypeOf(generate.error).toEqualTypeOf<LayersError>();
  expectTypeOf(generate.mutate).parameter(0).toEqualTypeOf<GenerateInput>();
  // @ts-expect-error a format is always needed
  generate.mutate({ hook: 'Hi' });
});

test('a regeneration needs no input, a clone needs a mode', () => {
  const regenerate = useRegenerate('cnt_1');
  expectTypeOf(regenerate.data).toEqualTypeOf<AcceptedJob | undefined>();
  regenerate.mutate();
  useRegenerate('cnt_1').mutate({ preserveAssets: true });
  useClone(null).mutate({ mode: 'fork' });
  // @ts-expect-error there are two modes
  useClone(null).mutate({ mode: 'copy' });
});

test('a cancel has three answers', () => {
  const { data, mutate } = useCancelJob(undefined);
  expectTypeOf(data).toEqualTypeOf<CancelAnswer | undefined>();
  expectTypeOf<CancelAnswer['answer']>().toEqualTypeOf<'accepted' | 'ended' | 'unavailable'>();
  mutate();
});

test('a file is a query like the others', () => {
  expectTypeOf(useAsset('cnt_1', null).data).toEqualTypeOf<AssetFile | undefined>();
  expectTypeOf(useQuery(assetOptions(client, 'cnt_1', 'ast_1')).data).toEqualTypeOf<AssetFile | undefined>();
});

test('what was accepted is a job', () => {
  expectTypeOf<AcceptedJob>().toExtend<Job>();
});
