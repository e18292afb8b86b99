// A server process that only takes part in the election, and says when it leads.
import { createClient } from 'redis';
import { Link } from '../../../src/server/store/link.js';
import { Processes } from '../../../src/server/store/processes.js';
import { createRedisStore } from '../../../src/server/store/redisStore.js';

const { redis } = JSON.parse(process.argv[2] ?? '') as { redis: string };
const say = (line: string) => process.stdout.write(`${line}\n`);
const client = createClient({ url: redis });
await client.connect();
const processes = new Processes<string[], string>(new Link(createRedisStore(client), () => {}), 'reads', {
  follows: () => ['a'],
  followFor: () => {
    say('is followed');
    return () => {};
  },
  leads: (isLeader) => say(isLeader ? 'leads' : 'leads no more'),
  news: () => {},
});
process.on('SIGTERM', () => processes.close());
