import { isOrganization } from './organization.js';
import type { ServerSettings } from './options.js';
import { askPartner } from './partner.js';

/** Who sent one request, as the partner's functions say. Each is called when it is first needed, once for each request. */
export class Caller {
  readonly request: Request;
  readonly #body: BodyInit | null;
  #isAsked = false;
  readonly #settings: ServerSettings;
  #viewer: Promise<string | null> | undefined;
  #organization: Promise<string | null> | undefined;

  /** @param body the request's, which was received; `null`: it has none */
  constructor(settings: ServerSettings, request: Request, body: BodyInit | null = null) {
    this.#settings = settings;
    this.request = request;
    this.#body = body;
  }

  /** The request for one call of a partner's function: a body can be read only once, so the first call has the very request, and each further one a copy. */
  question(): Request {
    const isFirst = !this.#isAsked;
    this.#isAsked = true;
    if (isFirst || this.#body === null) return this.request;
    const { url, method, headers, signal } = this.request;
    return new Request(url, { method, headers, signal, body: this.#body });
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
      const answer: unknown = await ask(this.question());
      if (answer !== null && !isId(answer)) throw new TypeError(`It returned no id: ${what}; null is for none.`);
      return answer;
    });
  }
}

const isViewer = (value: unknown): value is string => typeof value === 'string' && value !== '';
