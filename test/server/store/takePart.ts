import type { Link } from '../../../src/server/store/link.js';
import { Processes } from '../../../src/server/store/processes.js';

/** One process among several, what it was told, and what it follows for others. */
export function takePart(link: Link, follows: string[] = []) {
  const process = {
    follows,
    news: [] as string[],
    leads: [] as boolean[],
    following: new Map<string, string[]>(),
    anew: 0,
  };
  const processes = new Processes<string[], string>(link, 'reads', {
    follows: () => process.follows,
    followFor: (follow, id, before) => {
      if (before === undefined) process.anew += 1;
      process.following.set(id, follow);
      return () => {
        if (process.following.get(id) === follow) process.following.delete(id);
      };
    },
    leads: (isLeader) => void process.leads.push(isLeader),
    news: (news) => void process.news.push(news),
  });
  return Object.assign(process, { processes, link });
}
