import { isOrganization } from './organization.js';
import type { ServerSettings } from './options.js';
import { askPartner } from './partner.js';

/** Who sent one request, as the partner's functions say. Each is called when it is first needed, once for each request. */
export class Caller {
  readonly request: Request;
  readonly #body: BodyInit | null;
  /** Requests with a body of their own that nobody has read yet. */
  readonly #unread: Request[];
  readonly #settings: ServerSettings;
  #viewer: Promise<string | null> | undefined;
  #organization: Promise<string | null> | undefined;

  /** @param body the request's, which was received; `null`: it has none */
  constructor(settings: ServerSettings, request: Request, body: BodyInit | null) {
    this.#settings = settings;
    this.request = request;
    this.#body = body;
    this.#unread = [request];
  }

  /** Calls a function of the partner's with the request. A body can be read only once: where it was, or another call may read it, this call has a copy. */
  async asking<T>(call: (request: Request) => T | Promise<T>): Promise<T> {
    if (this.#body === null) return call(this.request);
    const request = this.#unread.pop() ?? this.#copy(this.#body);
    try {
      return await call(request);
    } finally {
      if (!request.bodyUsed) this.#unread.push(request);
    }
  }

  #copy(body: BodyInit): Request {
    const { url, method, headers, signal } = this.request;
    return new Request(url, { method, headers, signal, body });
  }

  /** The id of the person; `null` for nobody known, or without a `viewer` option. @throws Refusal 500 if `viewer` fails */
  viewer(): Promise<string | null> {
    return (this.#viewer ??= this.#ask('viewer', isViewer, 'an id of a viewer is a string that is not empty'));
  }

  /** The child organisation that is asked; `null` for the key's own. @throws Refusal 500 if `organization` fails */
  organization(): Promise<string | null> {
    const what = 'the id of an organisation has letters, digits, "_", "." and "-", 128 at most';
    return (this.#organization ??= this.#ask('organization', isOrganization, what));
  }

  /** Tells viewers apart, also those who aren't known. Kept in memory only, for as long as a read waits. @throws Refusal 500 if `viewer` fails */
  async turn(): Promise<string> {
    const { headers } = this.request;
    return (await this.viewer()) ?? `${headers.get('authorization') ?? ''} ${headers.get('cookie') ?? ''}`;
  }

  async #ask(option: 'viewer' | 'organization', isId: (value: unknown) => value is string, what: string): Promise<string | null> {
    const { [option]: ask, timeoutMs } = this.#settings;
    if (ask === null) return null;
    return askPartner(option, timeoutMs, async () => {
      const answer: unknown = await this.asking(ask);
      if (answer !== null && !isId(answer)) throw new TypeError(`It returned no id: ${what}; null is for none.`);
      return answer;
    });
  }
}

const isViewer = (value: unknown): value is string => typeof value === 'string' && value !== '';
