import { creditsFor } from './credits.js';
import { drawBrief, drawCaption, drawFormat, drawHook, drawKind, drawMedia, drawTiktokId, fitOf, isSourceRemix } from './draw.js';
import type { Run } from './generation.js';
import { ulid, uuid } from './ids.js';
import { planRun, type MediaKind } from './plan.js';
import { approvalForNew } from './policy.js';
import { notFound } from './problem.js';
import { randomFrom } from './random.js';
import { lifeOf, type Approval, type ContainerRecord, type PlatformFitEntry } from './record.js';
import type { SimulatorContainerInput, SimulatorGeneration } from './types.js';
import type { World } from './world.js';

/** What a route or the library knows about a container to make; the rest is drawn. */
export interface NewContainer extends SimulatorContainerInput {
  brief?: Record<string, unknown> | null | undefined;
  influencerId?: string | null | undefined;
  sourceTiktokId?: string | null | undefined;
  mediaId?: string | null | undefined;
  platformFit?: PlatformFitEntry[] | null | undefined;
  /** Leaves out the simulator's own `generation` defaults for what lies in the past. */
  past?: boolean | undefined;
}

/** Draws what is missing and puts the container into the store. */
export function createContainer(world: World, input: NewContainer = {}): ContainerRecord {
  const projectId = world.project(input.projectId ?? world.projectIds[0] ?? '');
  if (projectId === undefined) throw notFound('Project');
  const seq = world.store.nextSeq();
  const random = randomFrom(world.seed, 'container', seq);
  const createdAt = input.createdAt ?? world.now();
  const uploaded = input.creativeType === 'uploaded';
  const drawnFormat = drawFormat(world.edition, random);
  const format = uploaded ? null : input.format === undefined ? drawnFormat : (input.format?.replaceAll('_', '-') ?? null);
  const generation = mergeGeneration(world.options.generation, input.generation, input.past ?? false);
  const kind = generation.kind ?? drawKind(format, random);
  const media = drawMedia(kind, random, input.hook);
  const caption = drawCaption(media, random);
  const drawnHook = drawHook(media, random);
  const hook = uploaded ? null : input.hook !== undefined ? input.hook : drawnHook;
  const remix = isSourceRemix(format);
  const drawn = {
    id: `cnt_${world.edition === 'legacy' ? ulid(createdAt, random) : uuid(random)}`,
    influencerId: `inf_${uuid(random)}`,
    mediaId: `med_${uuid(random)}`,
    sourceTiktokId: drawTiktokId(format === 'video-remix' ? 'video' : 'slideshow', random),
    brief: drawBrief(hook, random),
  };
  const record: ContainerRecord = {
    id: input.id ?? drawn.id,
    projectId,
    seq,
    createdAt,
    creativeType: uploaded ? 'uploaded' : 'generated',
    format,
    hook: remix && input.hook === undefined ? null : hook,
    brief: world.edition === 'legacy' && !uploaded ? (input.brief ?? drawn.brief) : null,
    influencerId: uploaded ? null : input.influencerId === undefined ? drawn.influencerId : input.influencerId,
    sourceTiktokId: input.sourceTiktokId ?? (remix ? drawn.sourceTiktokId : null),
    mediaId: input.mediaId ?? (format === 'ugc-remix' ? drawn.mediaId : null),
    firstComment: null,
    platformFit: uploaded ? (input.platformFit ?? fitOf(media)) : null,
    approval: input.approvalStatus ?? approvalNow(world, projectId),
    run: firstRun(generation, kind, createdAt, uploaded ? 'completed' : (input.state ?? 'generate'), world.seed, seq),
    output: {
      media,
      caption: input.caption === undefined ? caption : input.caption,
      poster: generation.poster ?? true,
      hls: generation.hls ?? false,
      probed: generation.probed ?? true,
      revision: 0,
    },
    kept: null,
    jobId: null,
  };
  world.store.add(record);
  return record;
}

/** Starts the job that makes some containers and returns its id. */
export function startJob(world: World, records: readonly ContainerRecord[], startedAt: number): string {
  const [first] = records;
  if (!first) throw new Error('layers-react/testing: a job needs a container.');
  const jobId = `job_${ulid(startedAt, randomFrom(world.seed, 'job', first.id, first.output.revision))}`;
  const parts = records.map((record) => ({ containerId: record.id, run: record.run, credits: creditsFor(record.format) }));
  const job = { jobId, projectId: first.projectId, startedAt, parts };
  world.jobs.set(jobId, job);
  for (const record of records) record.jobId = jobId;
  world.outbox?.follow(job, world.now());
  return jobId;
}

/** Generates a container again in place: same id, new media, and undecided again if it had been decided. */
export function regenerateContainer(world: World, record: ContainerRecord, preserveAssets: boolean, now: number): string {
  const revision = record.output.revision + 1;
  const random = randomFrom(world.seed, 'again', record.seq, revision);
  const generation = world.options.generation ?? {};
  const before = lifeOf(record, now).status === 'completed' ? record.output : record.kept;
  const media = drawMedia(generation.kind ?? record.output.media.kind, random);
  record.kept = preserveAssets ? before : null;
  record.output = { ...record.output, media, caption: drawCaption(media, random), revision };
  record.run = planRun(generation, media.kind, now, random);
  if (record.approval !== 'not_required') record.approval = 'pending';
  return startJob(world, [record], now);
}

function firstRun(
  generation: SimulatorGeneration,
  kind: MediaKind,
  createdAt: number,
  state: 'generate' | 'completed' | 'failed' | 'canceled',
  seed: number,
  seq: number,
): Run {
  const run = planRun(generation, kind, createdAt, randomFrom(seed, 'plan', seq));
  if (state === 'generate') return run;
  // Its life is over at `createdAt`, so it began before.
  return { ...run, outcome: state, startedAt: createdAt - (state === 'completed' ? run.totalMs : run.endsAfterMs) };
}

/** What was given for one container goes before the simulator's defaults. */
function mergeGeneration(defaults: SimulatorGeneration = {}, own: SimulatorGeneration = {}, past: boolean): SimulatorGeneration {
  const { stages, queuedMs, outcome, endsAt, ...rest } = defaults;
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  return past ? { ...rest, ...given } : { stages, queuedMs, outcome, endsAt, ...rest, ...given };
}

function approvalNow(world: World, projectId: string): Approval {
  const policy = world.policy(projectId);
  if (policy.policy !== 'review_first_n') return approvalForNew(policy, 0);
  let decided = 0;
  for (const { approval } of world.store.newestFirst(projectId)) if (approval === 'approved' || approval === 'rejected') decided += 1;
  return approvalForNew(policy, decided);
}
