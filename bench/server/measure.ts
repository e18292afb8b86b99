import { setTimeout as wait } from 'node:timers/promises';
import { waits } from '../reads/figures.js';
import type { ApiCounts, ApiReady, SlotLife } from './api.js';
import { type Child, startChild } from './child.js';
import type { HostUsage } from './host.js';
import type { ViewersSeen } from './viewers.js';

/** One row of the table. */
export interface Run {
  how: string;
  viewers: number;
  seconds: number;
  /** The built package; `null`: by hand. */
  dist: string | null;
  push: boolean;
  servers: number;
  /** Viewers follow containers that ended before, and nothing is in flight. */
  isIdle?: boolean;
  redisUrl: string | null;
}

export type Figures = Awaited<ReturnType<typeof measure>>;

export const IN_FLIGHT = 200;
/** What an idle viewer follows. */
export const ENDED = 20;
export const WARM_UP_MS = 30_000;
/** Viewers with a cache; the others are light: a thousand caches are more than two processors can keep current. */
export const FULL_CLIENTS = 50;
/** An end this close to the end of a run is left out, whether it was seen or not. */
export const TAIL_MS = 10_000;

/** Starts the API, the server processes and the viewers, measures one row, and stops them all. */
export async function measure({ how, viewers, seconds, dist, push, servers, redisUrl, isIdle = false }: Run) {
  const children: Child<unknown>[] = [];
  const start = async <Ready>(role: string, settings: object, onNews?: (news: never) => void) => {
    const child = await startChild<Ready>(role, settings, onNews);
    children.push(child);
    return child;
  };
  try {
    const crowds: Child<object>[] = [];
    const begun: SlotLife[] = [];
    const api = await start<ApiReady>('api', isIdle ? { inFlight: 0, ended: ENDED } : { inFlight: IN_FLIGHT }, (life: SlotLife) => {
      begun.push(life);
      for (const crowd of crowds) crowd.send({ life });
    });
    const { url: apiUrl, projectId, lives } = api.ready;
    const hosts = await Promise.all(Array.from({ length: servers }, () => start<{ url: string }>('host', { apiUrl, dist, redisUrl })));
    const urls = hosts.map(({ ready }) => ready.url);
    const usage = async () => sumOf(await Promise.all(hosts.map(({ ask }) => ask<HostUsage>({}))));
    const [idle] = await Promise.all([usage(), wait(1_000)]);
    for (const each of splitUp(viewers))
      crowds.push(await start('viewers', { viewers: each, urls, dist, push, projectId, lives: [...lives, ...begun] }));

    await wait(WARM_UP_MS);
    const before = await Promise.all(crowds.map(({ ask }) => ask<ViewersSeen>({ asks: 'begin' })));
    const from = Date.now();
    const [used, counted] = await Promise.all([usage(), api.ask<ApiCounts>({ from: 0, to: from })]);
    await wait(seconds * 1_000);
    const to = Date.now();
    const [usedAfter, countedAfter] = await Promise.all([usage(), api.ask<ApiCounts>({ from, to })]);
    const seen = await Promise.all(crowds.map(({ ask }) => ask<ViewersSeen>({ asks: 'end' })));

    const minutes = (to - from) / 60_000;
    const { ended } = await api.ask<ApiCounts>({ from, to: to - TAIL_MS });
    const isCounted = new Set(ended);
    const ends = seen.flatMap((each) => each.ends).filter(({ id }) => isCounted.has(id));
    const spent = (after: readonly { cpuSeconds: number }[], earlier: readonly { cpuSeconds: number }[]) =>
      after.reduce((sum, { cpuSeconds }, index) => sum + cpuSeconds - (earlier[index]?.cpuSeconds ?? 0), 0);
    return {
      how,
      viewers,
      full: Math.min(viewers, FULL_CLIENTS),
      readsAMinute: countedAfter.reads / minutes,
      most: countedAfter.most,
      refused: countedAfter.refused,
      kinds: countedAfter.kinds,
      end: waits(ends.map(({ waited }) => waited ?? Number.POSITIVE_INFINITY)),
      age: { read: waits(seen.flatMap(({ ages }) => ages.read)), progress: waits(seen.flatMap(({ ages }) => ages.progress)) },
      cpuAViewerMinute: (usedAfter.cpuSeconds - used.cpuSeconds) / viewers / minutes,
      heapAViewer: (usedAfter.heap - idle.heap) / viewers,
      rssAViewer: (usedAfter.rss - idle.rss) / viewers,
      bytesAViewerMinute: (usedAfter.bytes - used.bytes) / viewers / minutes,
      authorizesAMinute: (usedAfter.authorizes - used.authorizes) / minutes,
      errors: usedAfter.errors,
      /** Processors in use: the server, the viewers, the API. */
      cores: {
        server: spent([usedAfter], [used]) / minutes / 60,
        viewers: spent(seen, before) / minutes / 60,
        api: spent([countedAfter], [counted]) / minutes / 60,
      },
      /** How late timers of the viewers' processes were, in milliseconds: the worst of their 99th percentiles. */
      lateMs: Math.max(...seen.map(({ lateMs }) => lateMs)),
    };
  } finally {
    await Promise.all(children.map(({ stop }) => stop()));
  }
}

/** The viewers of each process: two processes from 50 viewers on. The first viewers are full clients, and each has an equal share of the light ones. */
export function splitUp(viewers: number): { full: number; light: number[] }[][] {
  const full = Math.min(viewers, FULL_CLIENTS);
  const all = Array.from({ length: full }, (_, first) => ({
    full: first,
    light: Array.from({ length: Math.ceil((viewers - first) / full) - 1 }, (__, nth) => first + (nth + 1) * full),
  }));
  return viewers < FULL_CLIENTS ? [all] : [0, 1].map((part) => all.filter((_, index) => index % 2 === part));
}

function sumOf(all: readonly HostUsage[]): HostUsage {
  const names = ['cpuSeconds', 'heap', 'rss', 'bytes', 'authorizes', 'errors'] as const;
  const sums = names.map((name) => [name, all.reduce((sum, each) => sum + each[name], 0)]);
  return Object.fromEntries(sums) as Record<(typeof names)[number], number>;
}
