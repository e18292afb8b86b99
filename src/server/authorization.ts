import { keepNewest } from '../internal/keepNewest.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { containerKey } from '../model/ids.js';
import type { Caller } from './caller.js';
import { within } from './deadline.js';
import type { AuthorizeHelp, ServerSettings } from './options.js';
import { askPartner } from './partner.js';
import { notFound } from './refusal.js';
import type { FindProject } from './findProject.js';
import type { LayersTarget } from './routes.js';

/** The most decisions that are remembered, and how long a denial is at most, in milliseconds: somebody who was just given access shouldn't wait. */
const CAPACITY = 10_000;
const DENIED_MS = 1_000;
/** How long a denial takes at least where the project was looked up, in milliseconds: a fast one would say that the content exists. */
const LOOKED_UP_MS = 500;

interface Decision {
  isAllowed: Promise<boolean>;
  /** Of the browser whose request is asked about. */
  signal: AbortSignal;
  until: number;
}

/**
 * Asks `authorize`, and remembers its decisions about reads for as long as `authorizeForMs` says. The same question asked by the same viewer at the same time
 * is asked once. Writes are always asked about.
 */
export class Authorization {
  readonly #settings: ServerSettings;
  readonly #findProject: FindProject;
  readonly #decisions = new Map<string, Decision>();

  constructor(settings: ServerSettings, findProject: FindProject) {
    this.#settings = settings;
    this.#findProject = findProject;
  }

  /**
   * Returns if the caller may have the target.
   *
   * @param signal ends the wait when the browser disconnects
   * @param isAnew whether a remembered decision doesn't count; this one is remembered
   * @throws Refusal 404 if denied, 500 if `authorize` fails or is late, 499 if the browser disconnected
   */
  async check(
    caller: Caller,
    target: LayersTarget,
    { signal, isAnew = false }: { signal: AbortSignal | undefined; isAnew?: boolean },
  ): Promise<void> {
    const key = await this.#keyOf(caller, target);
    if (key !== null && isAnew) this.#decisions.delete(key);
    const isAllowed = key === null ? this.#ask(caller, target, signal) : this.#decide(key, caller, target, signal);
    if (!(await isAllowed)) throw notFound();
  }

  /** What a decision is remembered under; `null` where it isn't: nobody but the partner knows which header says who somebody is. */
  async #keyOf(caller: Caller, { action, kind, projectId, containerId, assetId, jobId }: LayersTarget): Promise<string | null> {
    if (action !== 'read' || this.#settings.authorizeForMs === 0) return null;
    try {
      const [viewer, organization] = [await caller.viewer(), await caller.organization()];
      const id = containerId === undefined ? undefined : containerKey(containerId);
      return viewer === null ? null : JSON.stringify([viewer, organization, kind, projectId, id, assetId, jobId]);
    } catch {
      // Whoever may have it is told of the failure where the viewer is needed; all others learn no more than `authorize` lets them.
      return null;
    }
  }

  async #decide(key: string, caller: Caller, target: LayersTarget, signal: AbortSignal | undefined): Promise<boolean> {
    const known = this.#decisions.get(key);
    if (known === undefined || known.until <= monotonicNow()) return this.#within(signal, this.#begin(key, caller, target));
    return this.#within(signal, known.isAllowed).catch((error) => {
      // A browser that has left can be why `authorize` failed; this one is still here.
      if (known.signal.aborted) return this.#ask(caller, target, signal);
      throw error;
    });
  }

  #begin(key: string, caller: Caller, target: LayersTarget): Promise<boolean> {
    const askedAt = monotonicNow();
    // Until it is answered everybody waits for it.
    const decision: Decision = {
      isAllowed: this.#ask(caller, target),
      signal: caller.request.signal,
      until: Number.POSITIVE_INFINITY,
    };
    const forget = () => {
      if (this.#decisions.get(key) === decision) this.#decisions.delete(key);
    };
    keepNewest(this.#decisions, key, decision, CAPACITY);
    const { authorizeForMs } = this.#settings;
    decision.isAllowed.then((isAllowed) => {
      decision.until = askedAt + (isAllowed ? authorizeForMs : Math.min(DENIED_MS, authorizeForMs));
    }, forget);
    return decision.isAllowed;
  }

  #within(signal: AbortSignal | undefined, answer: Promise<boolean>): Promise<boolean> {
    // Longer than the answer can take.
    const ms = this.#settings.timeoutMs + 2 * LOOKED_UP_MS;
    return within({ ms, late: () => notFound(), signal }, () => answer);
  }

  async #ask(caller: Caller, target: LayersTarget, signal?: AbortSignal): Promise<boolean> {
    const { authorize, timeoutMs } = this.#settings;
    let lookedUpAt: number | undefined;
    const help: AuthorizeHelp = {
      projectId: () => {
        lookedUpAt ??= monotonicNow();
        return this.#findProject(caller, target);
      },
    };
    const answer: unknown = await askPartner(
      'authorize',
      timeoutMs,
      () => caller.asking((request) => authorize(request, target, help)),
      signal,
    );
    if (answer === true) return true;
    const remaining = lookedUpAt === undefined ? 0 : lookedUpAt + LOOKED_UP_MS - monotonicNow();
    if (remaining > 0) await new Promise((resolve) => setTimeout(resolve, remaining));
    if (answer === false) return false;
    const returned = answer === null ? 'null' : `a value of type ${typeof answer}`;
    throw notFound({
      message: `authorize returned ${returned} instead of true or false, so the request was answered 404.`,
    });
  }
}
