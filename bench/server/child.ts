import { fork } from 'node:child_process';
import { once } from 'node:events';

/** What a process of the benchmark sends: the answer to a question, or news of its own accord. */
type Message = { answer: unknown } | { news: unknown };

/** A process of the benchmark, as the one that started it sees it. */
export interface Child<Ready> {
  ready: Ready;
  /** Sends a question; the answers come in the order of the questions. Rejects if the process ends before. */
  ask: <Answer>(question: object) => Promise<Answer>;
  /** Sends what needs no answer. */
  send: (message: object) => void;
  /** Ends the process and resolves when it has ended. */
  stop: () => Promise<void>;
  /** Ends it as `kill -9` does, and resolves when it has ended. */
  kill: () => Promise<void>;
  /** Whether it ended without being asked to. */
  hasFailed: () => boolean;
}

/**
 * Starts a process of the benchmark, and returns once it is ready.
 *
 * @param settings it is prepared meanwhile where they come later
 * @param onNews called with what it sends of its own accord
 */
export async function startChild<Ready>(
  role: string,
  settings: object | Promise<object>,
  onNews: (news: never) => void = () => {},
): Promise<Child<Ready>> {
  const child = fork('bench/run.mjs', [process.argv[2] ?? '', role], { execArgv: [...process.execArgv, '--expose-gc'] });
  const waiting: { resolve: (answer: never) => void; reject: (error: Error) => void }[] = [];
  child.on('message', (message: Message) => {
    if ('news' in message) onNews(message.news as never);
    else waiting.shift()?.resolve(message.answer as never);
  });
  const exited = once(child, 'exit');
  let isAsked = false;
  let hasFailed = false;
  void exited.then(() => (hasFailed = !isAsked));
  const ended = () => new Error(`The ${role} process ended with code ${child.exitCode}, so this row has no figures. Its error is above.`);
  void exited.then(() => {
    for (const { reject } of waiting) reject(ended());
  });
  const ask = <Answer>(question: object) => {
    if (child.exitCode !== null) return Promise.reject(ended());
    const answer = new Promise<Answer>((resolve, reject) => waiting.push({ resolve, reject }));
    child.send(question);
    return answer;
  };
  return {
    ready: await ask<Ready>(await settings),
    ask,
    send: (message) => void (child.connected && child.send(message)),
    stop: async () => {
      isAsked = true;
      if (child.connected) child.disconnect();
      await exited;
    },
    kill: async () => {
      isAsked = true;
      child.kill('SIGKILL');
      await exited;
    },
    hasFailed: () => hasFailed,
  };
}

/** In a process of the benchmark: runs one of its roles, if it was started for one, until the process that started it lets go. */
export async function runRole(roles: Record<string, (settings: never) => Promise<void>>): Promise<void> {
  const role = roles[process.argv[3] ?? ''];
  if (role === undefined || process.send === undefined) return;
  process.once('disconnect', () => process.exit(0));
  const [settings] = await once(process, 'message');
  await role(settings as never);
  await once(process, 'disconnect');
}

/** In a process of the benchmark: answers the oldest question, of which the first is the settings. */
export const answer = (value: unknown): void => void process.send?.({ answer: value });

/** In a process of the benchmark: sends what was not asked for. */
export const sendNews = (news: unknown): void => void process.send?.({ news });
