import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Passes connections on to the servers that are there, in turn: what a partner has in front of several processes. */
export interface Balancer {
  url: string;
  /** The ports of the servers that are there. */
  ports: Set<number>;
}

/** Starts a balancer that knows no server yet. */
export async function startBalancer(): Promise<Balancer> {
  const ports = new Set<number>();
  let turn = 0;
  const server = createServer((browser) => {
    browser.on('error', () => browser.destroy());
    turn += 1;
    pass(
      browser,
      [...ports].map((_, index, all) => all[(index + turn) % all.length] as number),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ports };
}

/** Connects a browser with the first of the servers that takes the connection. */
function pass(browser: Socket, [port, ...others]: number[]): void {
  if (port === undefined) return void browser.destroy();
  const upstream = connect(port, '127.0.0.1');
  const refuse = () => pass(browser, others);
  upstream.once('error', refuse);
  upstream.once('connect', () => {
    upstream.off('error', refuse);
    upstream.on('error', () => browser.destroy());
    upstream.on('close', () => browser.destroy());
    browser.on('close', () => upstream.destroy());
    browser.pipe(upstream).pipe(browser);
  });
}
