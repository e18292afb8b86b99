import { monotonicNow } from '../../internal/monotonicNow.js';
import { errorFromResponse } from '../../model/errorBody.js';
import { LayersError } from '../../model/errors.js';
import { parseJson } from '../../model/plainJson.js';
import type { Refusal } from '../refusal.js';
import { type OnError, tell } from '../report.js';
import { actionOf, routeName } from '../routes.js';
import { REQUEST_ID } from '../responseHeaders.js';
import type { LayersServerEvent } from './events.js';
import { KeyProblems } from './keyProblems.js';

type Listener = (event: LayersServerEvent) => void | Promise<void>;

/** Tells everything that counts, logs or judges requests about each of them. A listener that fails harms nothing. */
export class Observer {
  readonly #listeners: Listener[];
  readonly #report: OnError;
  readonly #problems = new KeyProblems((error) => void tell(this.#report, error));

  constructor(report: OnError, onRequest?: Listener) {
    this.#report = report;
    this.#listeners = [(event) => this.#problems.note(event), ...(onRequest ? [onRequest] : [])];
  }

  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  emit(event: LayersServerEvent): void {
    for (const listener of this.#listeners) void this.#call(listener, event);
  }

  /** Reports a problem with the API key to `onError`, once a minute. */
  reportOnce(error: LayersError): void {
    this.#problems.report(error.code, error);
  }

  /** Starts the clock of a request to the API. Call the result once, with the response or with what came instead. */
  asking(
    method: string,
    path: string,
  ): (outcome: Refusal | { status: number; headers: Headers; text: string }, keyPattern?: RegExp) => void {
    const startedAt = monotonicNow();
    return (outcome, keyPattern) => {
      const durationMs = monotonicNow() - startedAt;
      const base = { kind: 'upstream', ...described(routeName(method, path)), durationMs, cache: null } as const;
      if (!('text' in outcome)) return this.emit({ ...base, status: null, code: outcome.code, requestId: null });
      const { status, headers, text } = outcome;
      const id = headers.get('x-request-id') ?? '';
      const isSafe = (value: string) => keyPattern === undefined || value.search(keyPattern) < 0;
      const code = status < 400 ? null : errorFromResponse({ status, body: parseJson(text), requestId: null, retryAfterMs: null }).code;
      this.emit({
        ...base,
        status,
        code: code === null || isSafe(code) ? code : `HTTP_${status}`,
        requestId: REQUEST_ID.test(id) && isSafe(id) ? id : null,
      });
    };
  }

  async #call(listener: Listener, event: LayersServerEvent): Promise<void> {
    try {
      await listener(event);
    } catch (cause) {
      const message = 'layers-react: onRequest or metrics threw. No request was harmed.';
      await tell(this.#report, new LayersError({ code: 'INTERNAL', message, cause }));
    }
  }
}

/** A route's name and action, for an event. */
export const described = (name: string): Pick<LayersServerEvent, 'route' | 'action'> => ({
  route: name,
  action: actionOf(name),
});
