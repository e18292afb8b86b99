import { drawTiktokId } from '../draw.js';
import { statusAt } from '../generation.js';
import { Problem } from '../problem.js';
import { hash32, pick, randomFrom, type Random } from '../random.js';
import { lifeOf, outputAt, type ContainerRecord } from '../record.js';
import { hooks, topics } from '../texts.js';
import { Checks, queryEnums, queryInteger } from '../validate.js';
import { currentPreview } from '../wire/current.js';
import { ok, projectOf, type Call, type Route } from './route.js';

const metrics = ['views', 'engagement_rate', 'conversions', 'roas', 'watch_time_ms'] as const;
const platforms = ['instagram', 'tiktok', 'youtube', 'meta_ads', 'tiktok_ads', 'apple_ads'] as const;
const windowDays = { '7d': 7, '30d': 30, '90d': 90 } as const;

/** What worked and what to make next [reference/metrics/top-performers, reference/content/list-hooks, source-recommendations]. */
export const insightRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/projects/:projectId/top-performers',
    endpointClass: 'read-light',
    scope: 'metrics:read',
    handle: topPerformers,
  },
  {
    method: 'GET',
    path: '/v1/projects/:projectId/content/hooks',
    endpointClass: 'read-light',
    scope: 'content:read',
    handle(call) {
      const projectId = projectOf(call);
      const missingFields = call.world.options.missingProjectFields ?? [];
      if (missingFields.length > 0) throw new Problem(422, 'VALIDATION', 'The project lacks fields that hooks need.', { missingFields });
      const random = randomFrom(call.world.seed, 'hooks', projectId, call.world.count('hooks'));
      const start = Math.floor(random() * hooks.length);
      const bank = Array.from({ length: 20 }, (_, index) => hooks[(start + index * 3) % hooks.length] ?? '');
      // A line break is sent as the two characters `\` and `n` on this route, and on no other.
      return ok({ hooks: bank.map((hook) => hook.replaceAll('\n', '\\n')) });
    },
  },
  {
    method: 'GET',
    path: '/v1/projects/:projectId/content/source-recommendations',
    endpointClass: 'read-light',
    scope: 'content:read',
    handle: sourceRecommendations,
  },
];

function topPerformers(call: Call): ReturnType<Route['handle']> {
  const { query, world, now, context } = call;
  const projectId = projectOf(call);
  const checks = new Checks();
  const metric = checks.oneOf(query.get('metric'), 'metric', metrics, true) ?? 'views';
  const window = checks.oneOf(query.get('window'), 'window', ['7d', '30d', '90d']) ?? '30d';
  const sources = queryEnums(checks, query, 'sourceType', ['content_container', 'platform_post', 'manual']);
  const wanted = queryEnums(checks, query, 'platform', platforms);
  const limit = queryInteger(checks, query, 'limit', 1, 100, 25);
  const all = checks.oneOf(query.get('includeIneligible'), 'includeIneligible', ['true', 'false']) === 'true';
  checks.done();
  const since = now - windowDays[window] * 86_400_000;
  const rows: { record: ContainerRecord; metricValue: number }[] = [];
  for (const record of world.store.newestFirst(projectId)) {
    if (record.createdAt < since) break;
    const source = record.creativeType === 'uploaded' ? 'manual' : 'content_container';
    const random = randomFrom(world.seed, 'performance', record.id);
    const organicScore = random() * 10;
    const platform = pick(random, platforms);
    if (statusAt(record.run, now) !== 'completed' || (!all && organicScore < 4)) continue;
    if ((sources.length > 0 && !sources.includes(source)) || (wanted.length > 0 && !wanted.includes(platform))) continue;
    rows.push({ record, metricValue: metricOf(metric, randomFrom(world.seed, 'metric', metric, record.id)) });
  }
  rows.sort((a, b) => b.metricValue - a.metricValue || b.record.seq - a.record.seq);
  const items = rows.slice(0, limit).map(({ record, metricValue }, index) => {
    const output = outputAt(record, lifeOf(record, now));
    return {
      rank: index + 1,
      metricValue,
      sourceType: record.creativeType === 'uploaded' ? 'manual' : 'content_container',
      sourceId: record.id,
      ...(world.edition === 'current' && { preview: output && currentPreview(output, context) }),
    };
  });
  return ok({ items });
}

function metricOf(metric: (typeof metrics)[number], random: Random): number {
  const skewed = random() ** 3;
  if (metric === 'engagement_rate') return Math.round(skewed * 2000) / 10_000;
  if (metric === 'roas') return Math.round(skewed * 800) / 100;
  const top = { views: 480_000, conversions: 900, watch_time_ms: 2_400_000_000 };
  return Math.round(skewed * top[metric]);
}

function sourceRecommendations(call: Call): ReturnType<Route['handle']> {
  const { query, world } = call;
  const projectId = projectOf(call);
  const checks = new Checks();
  const keyword = checks.text({ keyword: query.get('keyword') }, 'keyword', { max: 200 });
  const kind = checks.oneOf(query.get('kind'), 'kind', ['video', 'slideshow', 'mixed']) ?? 'mixed';
  const limit = queryInteger(checks, query, 'limit', 1, 50, 20);
  checks.done();
  const random = randomFrom(world.seed, 'sources', projectId, hash32(keyword ?? ''), kind);
  const items = Array.from({ length: limit }, () => {
    const drawn = random() < 0.5 ? 'video' : 'slideshow';
    const itemKind = kind === 'mixed' ? drawn : kind;
    const views = Math.round(random() ** 2 * 3_000_000);
    return {
      tiktokId: drawTiktokId(itemKind, random),
      kind: itemKind,
      caption: `${pick(random, topics).topic}${keyword === null ? '' : ` #${keyword.replace(/\W+/g, '')}`}`,
      stats: { views, likes: Math.round(views * 0.08), shares: Math.round(views * 0.01) },
    };
  });
  return ok({ items, source: keyword === null ? 'portfolio' : 'live_search', nextCursor: null });
}
