import type { Faults } from '../faults.js';
import { ulid, uuid } from '../ids.js';
import { randomFrom } from '../random.js';
import type { World } from '../world.js';
import { earliest } from './outbox.js';
import { payloadOf } from './payload.js';
import { retryDelayMs } from './retries.js';
import { signatureHeader } from './sign.js';
import type { SimulatorWebhook, SimulatorWebhookOptions } from './types.js';

/** One event queued for the endpoint; it may need several attempts. */
interface Delivery {
  eventId: string;
  type: string;
  /** JSON, the same in every attempt. */
  body: string;
  secrets: readonly string[];
  /** Breaks ties of `dueAt` by the order of queueing, so that the order of earlier answers doesn't matter. */
  seq: number;
  /** The next attempt; 1 for the first. */
  attempt: number;
  /** Milliseconds since 1970. */
  dueAt: number;
  /** Sent after all others that are due. */
  isLast: boolean;
  isForged: boolean;
}

const timeoutMs = 10_000;
const longestTimerMs = 2 ** 31 - 1;
const forgedSecret = 'whsec_not_the_secret_of_this_endpoint';

/** Signs and sends the entries of the outbox, and retries what the endpoint didn't accept. */
export class WebhookSender {
  readonly log: SimulatorWebhook[] = [];
  /** Where media URLs begin; ends in a slash. */
  mediaBase: string;
  readonly #world: World;
  readonly #faults: Faults;
  readonly #options: SimulatorWebhookOptions;
  /** Events by id, to replay them. */
  readonly #sent = new Map<string, { deliveryId: string; type: string; data: Record<string, unknown> }>();
  #queue: Delivery[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(world: World, faults: Faults, options: SimulatorWebhookOptions, mediaBase: string) {
    if (!URL.canParse(options.url) || options.secret.length === 0 || [options.secret].flat().includes(''))
      throw new Error('layers-react/testing: webhooks takes an absolute url, and a secret, or several, that are not empty.');
    this.#world = world;
    this.#faults = faults;
    this.#options = options;
    this.mediaBase = mediaBase;
    if (world.outbox) world.outbox.changed = () => this.#arm();
  }

  /** Queues an event and applies the faults to it. @param replayOf the id of the delivery it replays */
  queue(type: string, data: Record<string, unknown>, at: number, replayOf: string | null = null): string {
    const eventId = this.#newEventId(at);
    this.#sent.set(eventId, { deliveryId: uuid(randomFrom(this.#world.seed, 'delivery', eventId)), type, data });
    const secrets = [this.#options.secret].flat();
    const { copies, isForged, isLast, delayMs } = this.#faults.strikeWebhook(`WEBHOOK ${type}`);
    const push = (own: Pick<Delivery, 'eventId' | 'secrets' | 'isForged'>) => {
      const seq = this.#world.count('delivery');
      const body = this.#bodyOf(own.eventId, type, data, replayOf);
      this.#queue.push({ ...own, type, body, seq, attempt: 1, dueAt: at + delayMs, isLast });
    };
    if (isForged) push({ eventId: this.#newEventId(at), secrets: [forgedSecret], isForged });
    for (let copy = 0; copy < copies; copy += 1) push({ eventId, secrets, isForged: false });
    this.#arm();
    return eventId;
  }

  /** Queues an event again under a new id, as the replay route does. */
  replay(eventId: string): string {
    const sent = this.#sent.get(eventId);
    if (!sent) throw new Error(`layers-react/testing: the simulator sent no webhook ${eventId}.`);
    return this.queue(sent.type, sent.data, this.#world.now(), sent.deliveryId);
  }

  /** Sends everything that is due, started in order and in parallel, and queues the retries. */
  async deliver(): Promise<void> {
    const now = this.#world.now();
    for (const entry of this.#world.outbox?.take(now) ?? []) {
      const payload = payloadOf(entry, this.#world, this.mediaBase);
      if (payload) this.queue(payload.type, payload.data, entry.at);
    }
    const due = this.#queue.filter(({ dueAt }) => dueAt <= now).sort(inOrder);
    this.#queue = this.#queue.filter(({ dueAt }) => dueAt > now);
    this.#arm();
    const seconds = Math.floor(now / 1000);
    const signatures = await Promise.all(due.map(({ secrets, body }) => signatureHeader(secrets, seconds, body)));
    await Promise.all(due.map((delivery, index) => this.#attempt(delivery, signatures[index] ?? '', now)));
  }

  async #attempt(delivery: Delivery, signature: string, at: number): Promise<void> {
    const { eventId, type, body, attempt, isForged } = delivery;
    const entry: SimulatorWebhook = { eventId, type, attempt, status: 0, at, isForged };
    this.log.push(entry);
    const headers = { 'content-type': 'application/json', 'x-layers-event-id': eventId, 'x-layers-signature': signature };
    const init: RequestInit = { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) };
    try {
      const response = await (this.#options.fetch ?? fetch)(new Request(this.#options.url, init));
      entry.status = response.status;
      response.body?.cancel().catch(() => {});
    } catch {
      // No answer: status 0.
    }
    const delayMs = isForged ? null : retryDelayMs(this.#world.edition, attempt, entry.status);
    if (delayMs === null) return;
    this.#queue.push({ ...delivery, attempt: attempt + 1, dueAt: at + delayMs, isLast: false });
    this.#arm();
  }

  /** Sets the timer for the next delivery. Not with an injected clock, whose speed isn't known. */
  #arm(): void {
    if (this.#world.options.now) return;
    clearTimeout(this.#timer);
    const next = earliest([this.#world.outbox?.nextAt() ?? Infinity, ...this.#queue.map(({ dueAt }) => dueAt)]);
    if (next === Infinity) return;
    this.#timer = setTimeout(() => void this.deliver(), Math.min(longestTimerMs, Math.max(0, next - this.#world.now())));
    // A retry that is hours away must not keep the process alive. In browsers a timer is a number.
    if (typeof this.#timer === 'object') this.#timer.unref();
  }

  #newEventId(at: number): string {
    return `evt_${ulid(at, randomFrom(this.#world.seed, 'event', this.#world.count('event')))}`;
  }

  /** `replayOf` is a sibling of `data` in the current edition and a member of it in the old one [operational/webhooks]. */
  #bodyOf(id: string, type: string, data: Record<string, unknown>, replayOf: string | null): string {
    if (replayOf === null) return JSON.stringify({ id, type, data });
    return JSON.stringify(this.#world.edition === 'current' ? { id, type, data, replayOf } : { id, type, data: { ...data, replayOf } });
  }
}

function inOrder(a: Delivery, b: Delivery): number {
  return Number(a.isLast) - Number(b.isLast) || a.dueAt - b.dueAt || a.seq - b.seq;
}
