import type { Caller } from './caller.js';
import type { ServerSettings } from './options.js';
import { readKey } from './organization.js';
import type { Projects } from './projects.js';
import type { Reader } from './reader/reader.js';
import { awaitRead } from './reads.js';
import { Refusal } from './refusal.js';
import type { LayersTarget } from './routes.js';

/** Finds the project of a target, for `authorize`. Rejects with a Refusal if the API can't be asked. */
export type FindProject = (caller: Caller, target: LayersTarget) => Promise<string | null>;

/** Reads what isn't known within the budget, as a read of the caller. */
export function projectFinder({ timeoutMs }: ServerSettings, reader: Reader, projects: Projects): FindProject {
  return async (caller, target) => {
    const organization = await caller.organization();
    return projects.of(organization, target, async ({ kind, path, containerId }) => {
      const read = { kind, path: readKey(organization, path), containerId, viewer: await caller.turn(), isNew: false };
      // Two of these fit into the time of `authorize`.
      const answer = await awaitRead(reader, read, { ms: timeoutMs / 3 }, caller.request.signal);
      // Whose it is can't be known: a denial would say that it doesn't exist.
      if (answer.status !== 200 && answer.status !== 404) throw unknown();
      return answer;
    });
  };
}

const unknown = () =>
  new Refusal(503, 'AUTHORIZATION_FAILED', "We couldn't check whether you have access. Nothing was changed. Try again in a moment.", {
    headers: { 'retry-after': '5' },
  });
