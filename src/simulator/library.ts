import { createContainer, startJob, type NewContainer } from './create.js';
import { between, pick, randomFrom, type Random } from './random.js';
import type { SimulatorGeneration } from './types.js';
import type { World } from './world.js';

const day = 86_400_000;

/**
 * Draws a believable library: mostly completed, of all kinds and formats, some decided and some not, a few failed, canceled and
 * uploaded, the newest still being made.
 */
export function drawLibrary(world: World, count: number): void {
  const random = randomFrom(world.seed, 'library');
  const now = world.now();
  const inFlight = count === 0 ? 0 : Math.min(6, Math.max(1, Math.round(count * 0.08)));
  const ages = drawAges(count - inFlight, random);
  for (const age of ages) {
    createContainer(world, { ...drawPast(world, random), createdAt: now - age, past: true });
  }
  for (let index = 0; index < inFlight; index += 1) {
    const age = between(random, 0, 3) * 1000 + (inFlight - 1 - index) * 7000;
    const record = createContainer(world, { createdAt: now - age, projectId: pick(random, world.projectIds) });
    startJob(world, [record], now - age);
  }
}

/** Oldest first, all old enough to be done. */
function drawAges(count: number, random: Random): number[] {
  const days = Math.min(60, Math.max(6, count / 8));
  const ages = Array.from({ length: count }, () => Math.floor((600_000 + random() ** 1.5 * days * day) / 1000) * 1000);
  return ages.sort((a, b) => b - a);
}

function drawPast(world: World, random: Random): NewContainer {
  const projectId = pick(random, world.projectIds);
  const fate = random();
  const approvalStatus = drawApproval(world, random());
  const poster = random() < 0.92;
  const probed = random() < 0.95;
  if (fate < 0.06) return { projectId, generation: { outcome: 'failed', endsAt: 0.2 + random() * 0.7 } };
  if (fate < 0.08) return { projectId, generation: { outcome: 'canceled', endsAt: 0.1 + random() * 0.5 } };
  if (fate < 0.14 && world.edition === 'current')
    return { projectId, creativeType: 'uploaded', approvalStatus, generation: { outcome: 'completed' } };
  const image = random() < 0.1 && !world.options.generation?.kind;
  const rare: SimulatorGeneration = { ...(!poster && { poster }), ...(!probed && { probed }), ...(image && { kind: 'image' }) };
  return { projectId, approvalStatus, ...(image && { format: 'slideshow-builder' }), generation: { outcome: 'completed', ...rare } };
}

function drawApproval(world: World, draw: number): NewContainer['approvalStatus'] {
  if (world.options.approval === 'not_required') return 'not_required';
  if (draw < 0.42) return 'approved';
  if (draw < 0.85) return 'pending';
  return draw < 0.95 ? 'rejected' : 'not_required';
}
