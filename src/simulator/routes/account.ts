import { balanceAt } from '../credits.js';
import { uuid } from '../ids.js';
import { randomFrom } from '../random.js';
import { Checks, queryInteger } from '../validate.js';
import { keyUuid, maySee, ok, type Call, type Reply, type Route } from './route.js';

const names = ['Acme Mobile', 'Beta Corp', 'Corner Bakery', 'Driftwood Travel', 'Evenings', 'Fern & Co'];

/** Who the key is and what it has [reference/organizations/whoami, reference/credits/get-credits, getting-started/common-patterns]. */
export const accountRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/whoami', endpointClass: 'read-light', scope: null, handle: whoami },
  { method: 'GET', path: '/v1/credits', endpointClass: 'read-light', scope: null, handle: credits },
  { method: 'GET', path: '/v1/projects', endpointClass: 'read-light', scope: 'content:read', handle: projects },
];

function organization({ world }: Call): string {
  const id = uuid(randomFrom(world.seed, 'organization'));
  return world.edition === 'current' ? `org_${id}` : id;
}

function whoami(call: Call): Reply {
  const { world, caller, now } = call;
  const current = world.edition === 'current';
  const organizationId = organization(call);
  return ok({
    organizationId,
    workspaceId: organizationId,
    organizationName: 'Acme Growth',
    ...(current && { parentOrganizationId: null }),
    scopes: caller.scopes.includes('*') ? [] : caller.scopes,
    rateLimitTier: caller.tier === 'off' ? 'internal' : caller.tier,
    ...(!current && { killSwitch: false, apiAccessRevoked: false }),
    apiKeyId: `${current ? 'key_' : ''}${keyUuid(world, caller)}`,
    creditBalance: balanceAt(world.options.credits ?? 1_000_000, world.jobs.values(), now).balance,
  });
}

function credits(call: Call): Reply {
  const { world, now } = call;
  const total = world.options.credits ?? 1_000_000;
  const { balance, available, reserved, used } = balanceAt(total, world.jobs.values(), now);
  const day = new Date(now);
  const includedThisPeriod = Math.min(1000, total);
  const includedRemaining = Math.max(0, includedThisPeriod - used);
  return ok({
    organizationId: organization(call),
    balance,
    available,
    includedRemaining,
    prepaidBalance: balance - includedRemaining,
    reservedCredits: reserved,
    includedThisPeriod,
    usedThisPeriod: used,
    currentPeriod: {
      start: new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth())).toISOString(),
      end: new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1)).toISOString(),
      usedCredits: used,
    },
    subscriptionTier: 'pro',
    billingStatus: 'active',
    // Underscores in both editions.
    estimatedCreditsPerFormat: { slideshow_builder: 50, slideshow_remix: 50, video_remix: 120, ugc_remix: 120, auto: 120 },
    ingestCostsBilled: { github: false, website: false, appstore: false },
  });
}

function projects({ world, caller, query }: Call): Reply {
  const checks = new Checks();
  const limit = queryInteger(checks, query, 'limit', 1, 100, 25);
  const cursor = query.get('cursor');
  const ids = world.projectIds.filter((id) => maySee(caller, id));
  const start = cursor === null ? 0 : ids.findIndex((id) => btoa(JSON.stringify({ id })) === cursor) + 1;
  if (cursor !== null && start === 0) checks.add('cursor', 'Invalid cursor');
  checks.done();
  const page = ids.slice(start, start + limit);
  const items = page.map((id) => ({ id, name: names[world.projectIds.indexOf(id) % names.length] }));
  const last = page.at(-1);
  return ok({ items, nextCursor: start + limit < ids.length && last !== undefined ? btoa(JSON.stringify({ id: last })) : null });
}
