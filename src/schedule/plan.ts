import { CADENCE } from './cadence.js';
import type { Plan, PlanInput, PlannedRead } from './singleReads.js';
import { add, intervalOf, isPolled, planJob, planOutcome, planPoll, planRecord, planSingle, urgencyOf } from './singleReads.js';
import { newSweepState, type Question } from './sweepState.js';
import { shareOf, type Track, wants } from './track.js';

/** The shortest sweep interval while the budget is short, in milliseconds. */
const TIGHT_SWEEP_MS = 3_300;
/** The share of the budget that a sweep of many pages can use, and that sweeps of many projects can use together. */
const SWEEP_SHARE = { pages: 0.5, projects: 0.7 } as const;
/** The in-flight list is read this many times less often than the list of ended containers. */
const IN_FLIGHT_EVERY = 5;
/** From this many unknown containers on, a list read searches for them. */
const SEARCH_FROM = 2;
/** Where more records than these were read for each known project, a further one doesn't tell of another project. */
const RECORDS_OF_A_PROJECT = 3;
/** From this many containers that left the in-flight list on, a list read replaces single reads. */
const ASK_WHO_ENDED = 2;

/** Plans all reads: `/progress` of what is on screen at the documented cadence, and from two in flight on one list per project for the status of all. Pure. */
export function makePlan(input: PlanInput): Plan {
  const { spacing, isHidden } = input;
  const plan: Plan = { sweep: [], first: [], screen: [], rest: [], stretch: 1 };
  const groups = new Map<string, Track[]>();
  /** How many containers of each project are followed, the ended ones too. */
  const sizes = new Map<string, number>();
  const strangers: Track[] = [];
  const polled: Track[] = [];
  let inFlight = 0;
  let records = 0;
  for (const track of input.tracks) {
    if (track.recordAt !== null) records += 1;
    if (track.projectId !== null) sizes.set(track.projectId, (sizes.get(track.projectId) ?? 0) + 1);
    if (wants(track, 'job')) planJob(track, input, plan);
    else if (track.phase === 'ended') planOutcome(track, input, plan);
    else if (track.phase === 'unknown' || intervalOf(track, input) !== false) {
      inFlight += 1;
      const group = track.projectId === null ? strangers : (groups.get(track.projectId) ?? []);
      group.push(track);
      if (track.projectId !== null) groups.set(track.projectId, group);
      if (isPolled(track, input)) polled.push(track);
    }
  }
  // No list brings first data of jobs: polling of the others waits for it, but not for ever.
  if (plan.first.some((read) => read.kind === 'job' && read.dueAt <= input.now && read.track.reading.size === 0))
    plan.screen = plan.screen.filter(({ kind, dueAt }) => kind !== 'job' || dueAt + CADENCE.ceiling <= input.now);
  const wanted = polled.reduce((sum, track) => sum + 1 / (intervalOf(track, input) || CADENCE.ceiling), 0);
  plan.stretch = Math.max(1, (wanted + (inFlight > 1 ? 1 / TIGHT_SWEEP_MS : 0)) * spacing);
  planStrangers(strangers, groups, { sizes, inFlight, records }, input, plan);
  const isSearching = strangers.length > 0;
  const shares = [...groups.values()].reduce((sum, group) => sum + groupShare(group), 0);
  for (const [projectId, group] of groups) {
    const projects = shares / groupShare(group);
    const isSwept = group.length > 1 && planSweeps(projectId, group, { polled: polled.length, projects, isSearching }, input, plan);
    for (const track of group) {
      planSingle(track, input, plan, isSwept && !track.isAlone);
      if (group.length === 1 && groups.size > 1) planLone(track, projects, input, plan);
      planRecord(track, input, plan);
    }
  }
  const isAnyMissing = plan.first.some((read) => read.kind !== 'job' && read.dueAt <= input.now);
  for (const track of polled) planPoll(track, input, plan, isAnyMissing);
  if (isHidden) plan.rest.push(...plan.screen.splice(0));
  holdBack(plan, input);
  const share = (read: PlannedRead) => (read.kind === 'sweep' ? groupShare(groups.get(read.projectId) ?? []) : shareOf(read.track));
  for (const reads of [plan.sweep, plan.first, plan.screen, plan.rest]) {
    const urgency = (read: PlannedRead) =>
      read.kind === 'sweep' || reads === plan.sweep ? Math.max(0, input.now - read.dueAt) : urgencyOf(read.track, read.kind, input);
    // Times its share: what one observer follows is together read as often as what another does.
    const order = new Map(reads.map((read) => [read, urgency(read) * share(read)]));
    reads.sort((a, b) => (order.get(b) ?? 0) - (order.get(a) ?? 0) || a.dueAt - b.dueAt);
  }
  return plan;
}

/** Reads that made the server pause all come after those that work; where nothing else is due, they don't wait. */
function holdBack({ sweep, first, screen, rest }: Plan, { heldUntil, now }: PlanInput): void {
  const reads = [...sweep, ...first, ...screen, ...rest];
  const others = Math.min(...reads.filter(({ kind }) => heldUntil(kind) <= now).map(({ dueAt }) => dueAt));
  for (const read of reads) if (others < heldUntil(read.kind)) read.dueAt = Math.max(read.dueAt, heldUntil(read.kind));
}

/** Containers of an unknown project: from two in flight on, one record tells the project, whose list finds the others; else each is read individually. */
function planStrangers(
  strangers: Track[],
  groups: ReadonlyMap<string, Track[]>,
  { sizes, inFlight, records }: { sizes: ReadonlyMap<string, number>; inFlight: number; records: number },
  input: PlanInput,
  plan: Plan,
): void {
  const known = [...input.projects];
  const unread = strangers.filter((track) => track.retryAt <= input.now && track.error === null);
  const scout = unread.find((track) => track.recordAt === null);
  const others = inFlight < 2 || input.hasNoProjects || scout === undefined ? strangers : strangers.filter((track) => track.error !== null);
  for (const track of others) {
    planSingle(track, input, plan, false);
    if (track.phase === 'in-flight') planRecord(track, input, plan);
  }
  if (scout === undefined || others === strangers) return;
  // One that comes alone, as on a page that was just opened, is read at once: its record is wanted anyway.
  const comesAlone = unread.length === 1 && known.length > 0 && input.isOnScreen(scout.key);
  if (comesAlone && input.now - input.scoutedAt >= TIGHT_SWEEP_MS) return add(plan.first, 'record', scout, 0);
  const isTight = plan.stretch > 1;
  // The sweep of a project that fits one page names whatever is new in it.
  const isSweptWhole = (projectId: string) =>
    isTight && input.sweeps.get(projectId)?.pages.all === 1 && (groups.get(projectId)?.length ?? 0) > 1;
  const lookedAt = (projectId: string) => {
    const { askedAt } = input.sweeps.get(projectId) ?? newSweepState();
    return isSweptWhole(projectId) ? Math.max(askedAt.all, askedAt.search) : askedAt.search;
  };
  // Where lists found nobody, as of one container each, another list is read only for a project that is known to have several.
  const sizeOf = (projectId: string) => sizes.get(projectId) ?? 0;
  const searched = known.filter((projectId) => lookedAt(projectId) > scout.since);
  const isWorthwhile = searched.filter((projectId) => sizeOf(projectId) > 1).length * 2 >= searched.length;
  const unsearched = known.filter(
    (projectId) =>
      lookedAt(projectId) <= scout.since && input.sweeps.get(projectId)?.error == null && (isWorthwhile || sizeOf(projectId) > 1),
  );
  const [next] = unsearched;
  // A list read in flight can still find it.
  const isUnderWay = known.some((projectId) => input.sweeps.get(projectId)?.isUnderWay);
  // Where more projects would have to be searched than there are containers, each is read individually.
  const isSearched = unsearched.length <= unread.length && (isTight || unread.length >= SEARCH_FROM);
  const unasked = unread.filter(({ recordAt }) => recordAt === null);
  // What a search hasn't found so far can be too old for it.
  const isPartial = known.some((projectId) => input.sweeps.get(projectId)?.isPartial);
  const isSearching = next !== undefined && isSearched;
  if (isSearching) {
    const last = input.sweeps.get(next)?.askedAt.search ?? Number.NEGATIVE_INFINITY;
    const dueAt = isTight ? Math.max(0, last + TIGHT_SWEEP_MS) : 0;
    if (!isSweptWhole(next)) plan.sweep.push({ kind: 'sweep', projectId: next, question: 'search', dueAt });
  } else if (isWorthwhile && !isPartial && known.length > 1) {
    // Those of a further project: each one found names others, so they go before what is known is read again. Where records find no more projects, lists go first.
    const reads = records > RECORDS_OF_A_PROJECT * (known.length + 1) ? plan.first : plan.sweep;
    for (const track of unasked.slice(0, known.length + 1)) add(reads, 'record', track, 0);
    return;
  }
  const isNow = (track: Track) => {
    if (isSearching || isUnderWay) return isPartial && input.isOnScreen(track.key);
    return isPartial || !isWorthwhile || track === scout;
  };
  for (const track of unasked.filter(isNow)) add(plan.first, 'record', track, 0);
}

/** The one container of a project: beside others, a read of it is what a sweep is for them. */
function planLone(track: Track, projects: number, input: PlanInput, plan: Plan): void {
  const interval = intervalOf(track, input, TIGHT_SWEEP_MS);
  if (track.phase !== 'in-flight' || input.isHidden || interval === false) return;
  const every = Math.max(interval, TIGHT_SWEEP_MS, (projects * input.spacing) / SWEEP_SHARE.projects);
  add(plan.sweep, wants(track, 'progress') ? 'progress' : 'record', track, (track.readAt ?? Number.NEGATIVE_INFINITY) + every);
}

const groupShare = (group: readonly Track[]) => (group.length > 0 ? Math.max(...group.map(shareOf)) : 1);

/** Plans the sweeps of a project. `projects`: how many there are, if all had its share. `false` if its list can't be read, so that its containers are read individually. */
function planSweeps(
  projectId: string,
  group: readonly Track[],
  { polled, projects, isSearching }: { polled: number; projects: number; isSearching: boolean },
  input: PlanInput,
  plan: Plan,
): boolean {
  const state = input.sweeps.get(projectId);
  if (state?.error != null) {
    plan.sweep.push({ kind: 'sweep', projectId, question: 'in-flight', dueAt: state.retryAt });
    return false;
  }
  const pages = state?.pages ?? { all: 1, 'in-flight': 1, ended: 1 };
  const isTight = plan.stretch > 1 || pages.all > 1 || polled >= group.length;
  const least = Math.min(
    // One read brings the ends of many: it isn't slowed down as much by stages that last.
    ...group.map((track) => intervalOf(track, input, TIGHT_SWEEP_MS) || CADENCE.ceiling),
    isSearching ? TIGHT_SWEEP_MS : CADENCE.ceiling,
  );
  // If all are polled and the budget suffices, the list is only a second source.
  const isSpare = polled >= group.length && plan.stretch <= 1;
  const every = (question: 'all' | 'in-flight' | 'ended') =>
    Math.max(
      input.isHidden ? CADENCE.ceiling : least,
      isSpare ? CADENCE.slow : 0,
      isTight ? Math.max(TIGHT_SWEEP_MS, (pages[question] * input.spacing) / SWEEP_SHARE.pages) : 0,
      isTight && projects > 1 ? (projects * input.spacing) / SWEEP_SHARE.projects : 0,
    );
  const sweep = (question: Question, interval: number) => {
    const dueAt = Math.max(0, (state?.askedAt[question] ?? Number.NEGATIVE_INFINITY) + interval);
    plan.sweep.push({ kind: 'sweep', projectId, question, dueAt });
  };
  if (pages.all === 1) {
    sweep('all', every('all'));
    return true;
  }
  const left = group.reduce((count, track) => count + Number(track.left === 'unasked'), 0);
  sweep('ended', left >= ASK_WHO_ENDED ? CADENCE.base : every('ended'));
  sweep('in-flight', every('in-flight') * IN_FLIGHT_EVERY);
  return true;
}
