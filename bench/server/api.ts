import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLibrary, type Life } from '../reads/library.js';
import { answer, sendNews } from './child.js';

/** A container in its place: `slot` stays when it is replaced by a new one. */
export interface SlotLife extends Life {
  slot: number;
}

/** What a read is of. */
type Kind = 'list' | 'progress' | 'container';

export interface ApiReady {
  url: string;
  projectId: string;
  /** The containers in flight; each later one is sent as news when it begins. */
  lives: SlotLife[];
}

/** What the API counted between two moments; refused reads are reads, too. */
export interface ApiCounts {
  reads: number;
  refused: number;
  /** The reads by what they were of. */
  kinds: Record<Kind, number>;
  /** The most reads in any 60 s since it started. */
  most: number;
  /** The containers that ended between the two moments. */
  ended: string[];
  /** When a list was read that updates what is in flight, and with which API key. */
  sweeps: { at: number; apiKey: string }[];
  /** Processor time since it started. */
  cpuSeconds: number;
}

/** Reads of a key in any 60 s. */
const LIMIT = 120;
const WINDOW_MS = 60_000;
const REFUSAL = '{"error":{"code":"RATE_LIMITED","message":"Too many requests.","requestId":"req_bench"}}';

/** The API in a process of its own: a library that stays as large as it began, and at most 120 reads in any 60 s, 429 beyond. */
export async function runApi({ inFlight, ended = 0 }: { inFlight: number; ended?: number }): Promise<void> {
  const library = createLibrary({ inFlight, onScreen: inFlight, ended });
  const lives: SlotLife[] = library.lives.map((life, slot) => ({ ...life, slot }));
  const reads: number[] = [];
  const readsOf: Record<Kind, number[]> = { list: [], progress: [], container: [] };
  const refused: number[] = [];
  const sweeps: ApiCounts['sweeps'] = [];
  let accepted: number[] = [];
  const serve = async (path: string, apiKey: string, response: ServerResponse) => {
    const at = Date.now();
    reads.push(at);
    // A page that shows a list of everything asks for none like these.
    if (/[?&](status|since)=/.test(path)) sweeps.push({ at, apiKey });
    readsOf[kindOf(path)].push(at);
    accepted = accepted.filter((time) => at - time < WINDOW_MS);
    const oldest = accepted.length < LIMIT ? null : (accepted[0] ?? at);
    if (oldest !== null) {
      refused.push(at);
      const seconds = Math.ceil((oldest + WINDOW_MS - at) / 1_000);
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': String(seconds) }).end(REFUSAL);
      return;
    }
    accepted.push(at);
    const { status, headers, text } = await read(path);
    response.writeHead(status, headers).end(text);
  };
  const read = async (path: string) => {
    const response = await library.simulator.fetch(`https://api.invalid${path}`);
    return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
  };
  const server = createServer((request, response) => {
    serve(request.url ?? '/', request.headers.authorization ?? '', response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  // The end of a life is in its plan, so that nothing has to be read to know it.
  const replaceAtEnd = (old: SlotLife) => {
    const replace = () => {
      const life = { ...library.replace(old), slot: old.slot };
      lives.push(life);
      sendNews(life);
      replaceAtEnd(life);
    };
    setTimeout(replace, Math.max(0, old.endsAt - Date.now()));
  };
  for (const life of lives.filter(({ isOld }) => !isOld)) replaceAtEnd(life);

  process.on('message', ({ from, to }: { from: number; to: number }) => {
    const within = (times: readonly number[]) => times.filter((at) => at >= from && at < to).length;
    const { user, system } = process.cpuUsage();
    answer({
      reads: within(reads),
      refused: within(refused),
      kinds: { list: within(readsOf.list), progress: within(readsOf.progress), container: within(readsOf.container) },
      most: mostInWindow(reads),
      sweeps: sweeps.filter(({ at }) => at >= from && at < to),
      ended: lives.filter(({ endsAt }) => endsAt >= from && endsAt < to).map(({ id }) => id),
      cpuSeconds: (user + system) / 1e6,
    } satisfies ApiCounts);
  });
  const { port } = server.address() as AddressInfo;
  answer({ url: `http://127.0.0.1:${port}`, projectId: library.simulator.projectIds[0] ?? '', lives } satisfies ApiReady);
}

const kindOf = (path: string): Kind => (path.startsWith('/v1/projects/') ? 'list' : path.endsWith('/progress') ? 'progress' : 'container');

function mostInWindow(times: readonly number[]): number {
  let first = 0;
  let most = 0;
  times.forEach((time, last) => {
    while (time - (times[first] ?? time) >= WINDOW_MS) first += 1;
    most = Math.max(most, last - first + 1);
  });
  return most;
}
