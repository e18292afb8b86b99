import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { signatureHeader } from '../../src/simulator/webhooks/sign.js';
import type { SlotLife } from '../server/api.js';

export const WEBHOOK_SECRET = 'whsec_bench';
const STORM = { count: 1_000, ms: 1_000, everyMs: 10 } as const;

/** Signed webhooks to a server, as the API sends them. */
export class Webhooks {
  readonly #url: string;
  readonly #projectId: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 50 });
  #count = 0;

  constructor(url: string, projectId: string) {
    this.#url = `${url}/v1/webhooks`;
    this.#projectId = projectId;
  }

  /** Tells that a container was generated. */
  ended({ id }: SlotLife): Promise<boolean> {
    return this.#send('content.generated', { id });
  }

  /** A thousand approvals of these containers in one second. @returns how many were accepted, when each container was approved first, and the last response */
  async storm(lives: readonly SlotLife[]): Promise<{ sent: number; accepted: number; firstAt: Map<string, number>; lastMs: number }> {
    const firstAt = new Map<string, number>();
    const sent: Promise<boolean>[] = [];
    const from = Date.now();
    let lastMs = 0;
    while (sent.length < STORM.count) {
      const due = Math.min(STORM.count, Math.ceil(((Date.now() - from + STORM.everyMs) / STORM.ms) * STORM.count));
      while (sent.length < due) {
        const { id } = lives[sent.length % lives.length] as SlotLife;
        if (!firstAt.has(id)) firstAt.set(id, Date.now());
        sent.push(this.#send('content.approved', { id, approvalStatus: 'approved' }).finally(() => (lastMs = Date.now() - from)));
      }
      await wait(STORM.everyMs);
    }
    const accepted = (await Promise.all(sent)).filter(Boolean).length;
    return { sent: sent.length, accepted, firstAt, lastMs };
  }

  async #send(type: string, data: object): Promise<boolean> {
    this.#count += 1;
    const id = `evt_bench_${this.#count}`;
    const body = JSON.stringify({ id, type, data: { ...data, projectId: this.#projectId } });
    const signature = await signatureHeader([WEBHOOK_SECRET], Math.floor(Date.now() / 1_000), body);
    const headers = { 'content-type': 'application/json', 'x-layers-event-id': id, 'x-layers-signature': signature };
    return new Promise((resolve) => {
      const sending = request(this.#url, { method: 'POST', agent: this.#agent, headers, timeout: 20_000 }, (response) => {
        response.resume();
        resolve((response.statusCode ?? 500) < 300);
      });
      sending.once('timeout', () => sending.destroy());
      sending.once('error', () => resolve(false));
      sending.end(body);
    });
  }
}
