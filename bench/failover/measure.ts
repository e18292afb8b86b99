import { setTimeout as wait } from 'node:timers/promises';
import { RedisServer } from '../../test/server/store/redis.js';
import { waits } from '../reads/figures.js';
import type { ApiCounts, ApiReady, SlotLife } from '../server/api.js';
import { type Child, startChild } from '../server/child.js';
import type { HostUsage, Lead } from '../server/host.js';
import { splitUp, TAIL_MS, WARM_UP_MS } from '../server/measure.js';
import type { ViewersSeen } from '../server/viewers.js';
import { startBalancer } from './balancer.js';
import { WEBHOOK_SECRET, Webhooks } from './webhooks.js';

export const IN_FLIGHT = 200;
export const KILL_EVERY_MS = 12_000;
/** Redis is restarted so long after a kill: after which one, and for how long it is away. */
export const REDIS_AWAY = {
  afterMs: 6_000,
  kills: new Map([
    [1, 0],
    [3, 4_000],
  ]),
} as const;
/** An end within this time after a fault counts as one during faults. */
export const FAULT_MS = 10_000;
export const QUIET_MS = 40_000;
export const WEBHOOKS_MS = 30_000;

export type Failover = Awaited<ReturnType<typeof measureFailover>>;
/** What a child tells of its own accord. */
type News = SlotLife | Lead | { unhandled: string };

/** Runs two server processes with Redis and so many viewers through so many kills, restarts and a storm of webhooks. */
export async function measureFailover({ viewers, kills: most }: { viewers: number; kills: number }, log: (line: string) => void) {
  const redis = await RedisServer.start();
  const balancer = await startBalancer();
  const children = new Set<Child<unknown>>();
  const unhandled: string[] = [];
  let failures = 0;
  const crowds: Child<object>[] = [];
  const lives: SlotLife[] = [];
  const leads: Lead[] = [];
  const hear = (news: News) => {
    if ('unhandled' in news) return unhandled.push(news.unhandled);
    if ('leadsAt' in news) return leads.push(news);
    lives.push(news);
    for (const crowd of crowds) crowd.send({ life: news });
  };
  const start = async <Ready>(role: string, settings: object | Promise<object>) => {
    const child = await startChild<Ready>(role, settings, hear);
    children.add(child);
    return child;
  };
  let begun = 0;
  /** A server process that only has to begin: loading this benchmark takes seconds, which a partner's process doesn't. */
  const prepareHost = (apiUrl: string) => {
    let begin = () => {};
    const wanted = new Promise<void>((resolve) => (begin = resolve));
    const host = startHost(apiUrl, wanted);
    return () => {
      begin();
      return host;
    };
  };
  const startHost = async (apiUrl: string, wanted: Promise<void>) => {
    begun += 1;
    const apiKey = `lp_bench_${begun}`;
    const settings = { apiUrl, dist: 'dist', redisUrl: redis.url, apiKey, webhookSecret: WEBHOOK_SECRET };
    const child = await start<{ url: string }>(
      'host',
      wanted.then(() => settings),
    );
    const port = Number(new URL(child.ready.url).port);
    balancer.ports.add(port);
    return { child, port, apiKey };
  };
  try {
    const api = await start<ApiReady>('api', { inFlight: IN_FLIGHT });
    const { url: apiUrl, projectId } = api.ready;
    lives.push(...api.ready.lives);
    const hosts = await Promise.all([prepareHost(apiUrl)(), prepareHost(apiUrl)()]);
    const webhooks = new Webhooks(balancer.url, projectId);
    for (const part of splitUp(viewers))
      crowds.push(
        await start('viewers', {
          viewers: part,
          urls: [balancer.url],
          dist: 'dist',
          push: true,
          projectId,
          connections: 100,
          lives: [...lives],
        }),
      );
    await wait(WARM_UP_MS);
    const from = Date.now();
    await Promise.all(crowds.map(({ ask }) => ask<ViewersSeen>({ asks: 'begin' })));

    const faults: number[] = [];
    let restart = prepareHost(apiUrl);
    const kills: { at: number; reader: string }[] = [];
    for (let kill = 0; kill < most; kill += 1) {
      const reader = leads.at(-1)?.apiKey ?? '';
      const place = Math.max(
        0,
        hosts.findIndex(({ apiKey }) => apiKey === reader),
      );
      const { child, port } = hosts[place] as (typeof hosts)[number];
      const at = Date.now();
      faults.push(at);
      kills.push({ at, reader });
      balancer.ports.delete(port);
      await child.kill();
      children.delete(child);
      hosts[place] = await restart();
      if (kill < most - 1) restart = prepareHost(apiUrl);
      log(`kill ${kill + 1}: started again after ${Date.now() - at} ms`);
      const awayMs = REDIS_AWAY.kills.get(kill);
      if (awayMs !== undefined) {
        await wait(at + REDIS_AWAY.afterMs - Date.now());
        faults.push(Date.now());
        await redis.end();
        await wait(awayMs);
        await redis.begin();
        faults.push(Date.now());
        log(`Redis was away for ${Date.now() - (faults.at(-2) ?? 0)} ms`);
      }
      await wait(at + KILL_EVERY_MS - Date.now());
    }
    await wait(QUIET_MS);

    const told = { from: Date.now(), to: Date.now() + WEBHOOKS_MS };
    log('webhooks tell of each end');
    const tellUntil = async () => {
      const known = new Set<string>();
      while (Date.now() < told.to) {
        for (const life of lives) {
          if (known.has(life.id) || life.endsAt < told.from || life.endsAt > Date.now()) continue;
          known.add(life.id);
          void webhooks.ended(life);
        }
        await wait(5);
      }
    };
    await tellUntil();
    const inFlight = lives.filter(({ endsAt }) => endsAt > Date.now() + 5_000);
    const storm = await webhooks.storm(inFlight);
    log(`the storm was answered within ${storm.lastMs} ms`);
    await wait(TAIL_MS * 2);

    const to = Date.now() - TAIL_MS;
    const seen = await Promise.all(crowds.map(({ ask }) => ask<ViewersSeen>({ asks: 'end' })));
    const counts = await api.ask<ApiCounts>({ from, to: Date.now() });
    const usage = await Promise.all(hosts.map(({ child }) => child.ask<HostUsage>({})));
    failures = [...children].filter((child) => child.hasFailed()).length;

    const endsAt = new Map(lives.map((life) => [life.id, life.endsAt]));
    const ends = seen
      .flatMap((each) => each.ends)
      .map(({ id, waited }) => ({ at: endsAt.get(id) ?? 0, waited: waited ?? Number.POSITIVE_INFINITY }))
      .filter(({ at }) => at >= from && at < to);
    const isFault = (at: number) => faults.some((fault) => at > fault - 2_000 && at < fault + FAULT_MS);
    const isTold = (at: number) => at >= told.from && at < told.to;
    const waited = (of: (at: number) => boolean) => waits(ends.filter(({ at }) => of(at)).map((end) => end.waited));
    const replaced = kills.map(({ at, reader }) => {
      const lead = leads.find((each) => each.leadsAt > at && each.apiKey !== reader);
      const next = lead && counts.sweeps.find((sweep) => sweep.at > lead.leadsAt && sweep.apiKey === `Bearer ${lead.apiKey}`);
      log(
        `after a kill another process led within ${(lead?.leadsAt ?? Number.NaN) - at} ms, and read within ${(next?.at ?? Number.NaN) - at} ms`,
      );
      return next === undefined ? Number.POSITIVE_INFINITY : next.at - at;
    });
    const approvals = seen.flatMap((each) => each.approvals).flatMap(({ id, at }) => at - (storm.firstAt.get(id) ?? Number.NaN));
    return {
      kills: kills.length,
      replaced: waits(replaced),
      worstReplaced: Math.max(...replaced),
      end: {
        faults: waited((at) => isFault(at) && !isTold(at)),
        otherwise: waited((at) => !isFault(at) && !isTold(at)),
        told: waited(isTold),
      },
      missed: ends.filter((end) => end.waited === Number.POSITIVE_INFINITY).length,
      ends: ends.length,
      most: counts.most,
      refused: (await api.ask<ApiCounts>({ from: 0, to: Date.now() })).refused,
      unhandled,
      failures,
      storm: { sent: storm.sent, accepted: storm.accepted, lastMs: storm.lastMs, known: waits(approvals.filter((ms) => ms >= 0)) },
      rss: usage.map(({ rss }) => rss),
      minutes: (Date.now() - from) / 60_000,
    };
  } finally {
    await Promise.all([...children].map(({ stop }) => stop()));
    await redis.end();
  }
}
