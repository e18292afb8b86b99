import { type EventsRequest, followKey } from '../../schedule/pushed.js';
import { asRefusal } from '../refusal.js';
import type { LayersTarget } from '../routes.js';

/** How many questions about one request are asked at a time. */
const AT_ONCE = 8;

/**
 * The part of a request that `authorize` allows, item by item.
 *
 * @param authorize throws a Refusal 404 unless the target may be read
 * @param isAllowed what needn't be asked, by `followKey` or project
 * @throws Refusal 500 if `authorize` fails
 */
export async function permitted(
  { stream, follow, projects }: EventsRequest,
  authorize: (target: LayersTarget) => Promise<void>,
  isAllowed: (key: string) => boolean = () => false,
): Promise<EventsRequest> {
  const targets = new Map<string, LayersTarget>();
  for (const each of follow) {
    const { id, wants } = each;
    const target = wants.includes('job') ? ({ kind: 'job', jobId: id } as const) : ({ kind: 'container', containerId: id } as const);
    targets.set(followKey(each), { action: 'read', ...target });
  }
  for (const projectId of projects) targets.set(listKey(projectId), { action: 'read', kind: 'list', projectId });
  const allowed = new Set<string>();
  const waiting = [...targets];
  const ask = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [key, target] = next;
      try {
        if (!isAllowed(key)) await authorize(target);
        allowed.add(key);
      } catch (error) {
        if (asRefusal(error).status !== 404) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return {
    stream,
    follow: follow.filter((each) => allowed.has(followKey(each))),
    projects: projects.filter((id) => allowed.has(listKey(id))),
  };
}

/** The key of a project's list, apart from those of containers and jobs. */
export const listKey = (projectId: string) => `list ${projectId}`;
