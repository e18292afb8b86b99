import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** Runs a Redis of its own, which keeps nothing on disk, for as long as `run` takes. */
export async function withRedis(run: (url: string) => Promise<void>): Promise<void> {
  const port = await freePort();
  const redis = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await new Promise<void>((resolve, reject) => {
      redis.once('error', () =>
        reject(new Error('There is no redis-server, so the rows with Redis have no figures. Install it, or leave them out with --rows.')),
      );
      redis.once('exit', (code) => reject(new Error(`redis-server ended with code ${code}.`)));
      redis.stdout.on('data', (text: Buffer) => void (String(text).includes('Ready to accept connections') && resolve()));
    });
    await run(`redis://127.0.0.1:${port}`);
  } finally {
    redis.kill();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
