// One server process of several, in a process of its own: it reads as much as it may, and says what happens.
import { createClient } from 'redis';
import { Reader } from '../../../src/server/reader/reader.js';
import { Link } from '../../../src/server/store/link.js';
import { createRedisStore } from '../../../src/server/store/redisStore.js';

const { redis, api, limit, windowMs, processes } = JSON.parse(process.argv[2] ?? '') as {
  redis: string;
  api: string;
  /** How many there are, this one included. */
  processes: number;
  limit: number;
  windowMs: number;
};
const say = (line: string) => process.stdout.write(`${line}\n`);
process.on('unhandledRejection', () => say('unhandled'));

const client = createClient({ url: redis, socket: { reconnectStrategy: 50 } });
client.on('error', () => {});
await client.connect();
const link = new Link(createRedisStore(client), (error) => say(error.cause === undefined ? 'back' : 'away'));
// It begins once it knows of all, however long a busy machine takes to start them.
const knowsAll = async () => (await client.zScore('layers-react:processes', link.id)) !== null && link.processes >= processes;
while (!(await knowsAll())) await new Promise((resolve) => setTimeout(resolve, 20));
const reader = new Reader({
  link,
  readsPerMinute: limit,
  windowMs,
  send: async (path, signal) => {
    // A busy machine delays what is on its way: it is the moment of sending that the budget decides.
    const response = await fetch(api + path, { signal, headers: { 'x-sent-at': `${Date.now()}` } });
    return { status: response.status, headers: response.headers, text: await response.text() };
  },
});
let count = 0;
async function keepReading() {
  for (;;) {
    count += 1;
    const isNew = count % 3 === 0;
    const { signal } = new AbortController();
    await reader.read({ path: `/v1/content/${process.pid}-${count}`, kind: 'container', viewer: `${count % 7}`, isNew, signal });
  }
}
for (let many = 0; many < 12; many += 1) void keepReading();
say('reads');
