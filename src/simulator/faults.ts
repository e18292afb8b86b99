import { randomFrom } from './random.js';
import type { SimulatorFault } from './types.js';

/** What the faults in force do to one request. */
export interface Strike {
  /** Milliseconds that the answer is late. */
  latencyMs: number;
  /** The fault that stands in for the answer; `null`: none. */
  instead: SimulatorFault | null;
  /** Faults that alter the body, in order. */
  alter: readonly SimulatorFault[];
}

/** What the faults in force do to one webhook. */
export interface WebhookStrike {
  /** How many times it is sent. */
  copies: number;
  /** Milliseconds that it is late. */
  delayMs: number;
  /** Whether it is sent after all others that are due. */
  isLast: boolean;
  /** Whether a forged copy is sent before it. */
  isForged: boolean;
}

const altering: ReadonlySet<SimulatorFault['kind']> = new Set([
  'truncated-json',
  'unknown-status',
  'unknown-preview-kind',
  'bad-row',
  'unsafe-url',
]);

/** The faults in force, with what is left of each. */
export class Faults {
  readonly #seed: number;
  #active: { fault: SimulatorFault; left: number }[] = [];
  #draws = 0;

  constructor(seed: number, faults: readonly SimulatorFault[] = []) {
    this.#seed = seed;
    this.set(faults);
  }

  set(faults: readonly SimulatorFault[]): void {
    this.#active = faults.map((fault) => ({ fault, left: fault.times ?? Infinity }));
  }

  /** Which faults hit a request, and uses them up. @param target `METHOD /v1/path` */
  strike(target: string, { explicitOnly = false } = {}): Strike {
    const alter: SimulatorFault[] = [];
    let instead: SimulatorFault | null = null;
    let latencyMs = 0;
    // A second replacement would never be seen, so it is not used up.
    const isSeen = ({ kind }: SimulatorFault) => !isOfWebhooks(kind) && (!instead || kind === 'latency');
    for (const fault of this.#hits(target, explicitOnly, isSeen)) {
      if (fault.kind === 'latency') latencyMs += this.#latency(fault);
      else if (altering.has(fault.kind)) alter.push(fault);
      else instead = fault;
    }
    return { latencyMs, instead, alter };
  }

  /** Which faults hit a webhook, and uses them up. @param target `WEBHOOK <type>` */
  strikeWebhook(target: string): WebhookStrike {
    const hits = [...this.#hits(target, false, ({ kind }) => isOfWebhooks(kind))];
    const has = (kind: SimulatorFault['kind']) => hits.some((fault) => fault.kind === kind);
    return {
      copies: has('webhook-loss') ? 0 : has('webhook-duplicate') ? 2 : 1,
      delayMs: hits.reduce((sum, fault) => sum + (fault.kind === 'webhook-delay' ? Math.round(this.#latency(fault)) : 0), 0),
      isLast: has('webhook-reorder'),
      isForged: has('webhook-forged'),
    };
  }

  /** The faults that hit, lazily, so that `mayHit` can depend on earlier ones. */
  *#hits(target: string, explicitOnly: boolean, mayHit: (fault: SimulatorFault) => boolean): Generator<SimulatorFault> {
    for (const entry of this.#active) {
      const { fault } = entry;
      if (entry.left <= 0 || !fits(fault, target, explicitOnly) || !mayHit(fault)) continue;
      if ((fault.rate ?? 1) < 1 && this.#draw() >= (fault.rate ?? 1)) continue;
      entry.left -= 1;
      yield fault;
    }
  }

  #latency({ latencyMs = 1000 }: SimulatorFault): number {
    if (typeof latencyMs === 'number') return latencyMs;
    const [min, max] = latencyMs;
    return min + this.#draw() * (max - min);
  }

  #draw(): number {
    this.#draws += 1;
    return randomFrom(this.#seed, 'fault', this.#draws)();
  }
}

const isOfWebhooks = (kind: SimulatorFault['kind']) => kind.startsWith('webhook-');

function fits({ match }: SimulatorFault, target: string, explicitOnly: boolean): boolean {
  if (match === undefined) return !explicitOnly;
  // `search` ignores the `lastIndex` that makes `test` forgetful with the g flag.
  return typeof match === 'string' ? target.includes(match) : target.search(match) !== -1;
}
