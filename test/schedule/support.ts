import { makePlan } from '../../src/schedule/plan.js';
import type { PlanInput, PlannedRead } from '../../src/schedule/singleReads.js';
import { newSweepState, type SweepState } from '../../src/schedule/sweepState.js';
import { type Follow, newTrack, type Track } from '../../src/schedule/track.js';

export const NOW = 1_000_000;
let tokens = 0;

/** A container that is followed; in flight in one project, and read just now, unless said otherwise. */
export function track(
  name: string,
  more: Partial<Track> = {},
  wants: Follow['wants'][] = ['record', 'progress'],
  interval?: Follow['interval'],
): Track {
  const made: Track = {
    ...newTrack(name, name, NOW - 10_000),
    projectId: 'prj_1',
    createdAt: '2026-01-01T00:00:00Z',
    phase: 'in-flight',
    lacksRecord: false,
    lacksStart: false,
    readAt: NOW,
    progressAt: NOW,
    recordAt: NOW,
    stageSince: NOW - 1_000,
    startedAt: NOW - 10_000,
    ...more,
  };
  for (const each of wants) made.follows.set({ token: (tokens += 1) }, { id: name, wants: each, interval });
  return made;
}

/** One of which only the id is known. */
export const stranger = (name: string, wants: Follow['wants'][] = ['record', 'progress']): Track => ({
  ...newTrack(name, name, NOW),
  follows: track(name, {}, wants).follows,
});

/** A project that was swept just now. */
export const swept = (more: Partial<SweepState> = {}): SweepState => {
  const state = newSweepState();
  return { ...state, askedAt: { search: NOW, all: NOW, 'in-flight': NOW, ended: NOW }, ...more };
};

export function plan(tracks: Track[], more: Partial<PlanInput> = {}) {
  return makePlan({
    tracks,
    isOnScreen: () => true,
    projects: new Set([...(more.sweeps?.keys() ?? ['prj_1']), ...tracks.flatMap(({ projectId }) => projectId ?? [])]),
    sweeps: new Map([['prj_1', swept()]]),
    hasNoProjects: false,
    scoutedAt: Number.NEGATIVE_INFINITY,
    spacing: 650,
    isHidden: false,
    deadlineMs: 30 * 60_000,
    heldUntil: () => Number.NEGATIVE_INFINITY,
    now: NOW,
    ...more,
  });
}

/** A planned read in a word: what, of whom, and in how many milliseconds. */
export const words = (reads: readonly PlannedRead[]): string[] =>
  reads.map(
    (read) =>
      `${read.kind === 'sweep' ? `${read.question} ${read.projectId}` : `${read.kind} ${read.track.key}`} ${Math.max(0, read.dueAt - NOW)}`,
  );
