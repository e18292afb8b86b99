import { rateLimitInfo } from '../client/transport.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { Budget } from '../schedule/budget.js';
import { Queue } from '../schedule/queue.js';
import { within } from './deadline.js';
import { Refusal } from './refusal.js';
import type { LayersTarget } from './routes.js';
import type { Link } from './store/link.js';
import { SharedSlots } from './store/sharedSlots.js';

/** Four fifths of what the smallest tier allows in a minute (rate-limits page): other programs use the same key. */
const LIMITS = { 'write-light': 48, 'long-running': 16 } as const;

/** The API's class of a write: what starts a job is counted apart. */
const classOf = ({ action }: Pick<LayersTarget, 'action'>) =>
  action === 'generate' || action === 'regenerate' || action === 'clone' ? 'long-running' : 'write-light';

/** The budgets of the key's writes, shared by all its processes. */
export class WriteBudgets {
  readonly #lines: Record<keyof typeof LIMITS, { slots: SharedSlots; queue: Queue }>;

  constructor(link: Link) {
    const line = (name: keyof typeof LIMITS) => {
      const budget = new Budget({ limit: LIMITS[name], isPaced: false });
      const slots: SharedSlots = new SharedSlots({ link, name, budget, changed: () => queue.pump() });
      const queue = new Queue(slots);
      return { slots, queue };
    };
    this.#lines = { 'write-light': line('write-light'), 'long-running': line('long-running') };
  }

  /** Waits until a write can be sent, and counts it. @throws Refusal 429 after `ms`: nothing was sent */
  async enter(target: Pick<LayersTarget, 'action'>, ms: number): Promise<void> {
    const { slots, queue } = this.#lines[classOf(target)];
    const late = () => tooMany(slots.nextAt('person', monotonicNow()) - monotonicNow());
    await within({ ms, late }, (signal) => queue.enter(() => 'person', this, signal));
  }

  /** Applies what a response says of the limits. */
  hear(target: Pick<LayersTarget, 'action'>, response: { status: number; headers: Headers }): void {
    this.#lines[classOf(target)].slots.hear(rateLimitInfo(response));
  }
}

const tooMany = (waitMs: number) =>
  new Refusal(429, 'RATE_LIMITED', 'Too much is being changed at the moment, so nothing was changed. Try again in a moment.', {
    headers: { 'retry-after': String(Math.min(60, Math.max(1, Math.ceil(waitMs / 1_000)))) },
  });
