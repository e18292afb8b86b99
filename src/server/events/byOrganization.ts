import { parseJson } from '../../model/plainJson.js';
import type { KeptAnswer } from '../reader/answers.js';
import type { PlannedRead, ReaderHost, Reader } from '../reader/reader.js';
import type { ServerSettings } from '../options.js';
import { splitReadKey } from '../organization.js';
import type { Link } from '../store/link.js';
import { JobContainers } from '../webhooks/jobContainers.js';
import { sentSubject, type WebhookSubject } from '../webhooks/subject.js';
import { Events } from './events.js';
import { followedBy, isInFlight, progressOf, pushedFrom } from './heard.js';

/** What viewers follow, apart by organisation: what one may see is nothing to another. All share the reader, and with it the budget. */
export class EventsByOrganization {
  readonly #settings: ServerSettings;
  readonly #reader: Reader;
  readonly #link: Link;
  readonly #jobs = new JobContainers();
  readonly #events = new Map<string | null, Events>();

  constructor(settings: ServerSettings, reader: Reader, link: Link) {
    this.#settings = settings;
    this.#reader = reader;
    this.#link = link;
    link.listen({
      message: (kind, body) => {
        const subject = kind === 'webhook' ? sentSubject(body) : null;
        if (subject === null) return;
        const named = this.#jobs.named(subject);
        const isShared = named === subject;
        if (!isShared) this.#outdate(named);
        this.#tell(named, isShared);
      },
    });
  }

  /** How many streams there are. */
  get viewers(): number {
    return this.#sum(({ viewers }) => viewers);
  }

  /** How many containers and jobs are followed. */
  get followed(): number {
    return this.#sum(({ followed }) => followed);
  }

  /** Those of one organisation; `null`: of the key's own. */
  of(organization: string | null): Events {
    const known = this.#events.get(organization);
    if (known) return known;
    const events = new Events(this.#settings, this.#reader, this.#link, { organization, rest: () => this.#events.delete(organization) });
    this.#events.set(organization, events);
    return events;
  }

  /** Takes in a response that somebody's read got. */
  heard: NonNullable<ReaderHost['heard']> = (key, body, askedAt, isScheduled) => {
    const { organization, path } = splitReadKey(key);
    this.#jobs.learn(body, progressOf(path));
    this.#events.get(organization)?.heard(path, body, askedAt, isScheduled);
  };

  /** Takes in the response to a write. */
  wrote(body: unknown): void {
    this.#jobs.learn(body);
  }

  /** Takes in that a viewer polls something, by its `readKey`. @returns how the plan reads it, so that it needn't be read for that viewer; `null`: it doesn't */
  polled = (key: string, viewer: string, kept: KeptAnswer): PlannedRead | null => {
    const { organization, path } = splitReadKey(key);
    const follow = followedBy(path);
    if (follow === null) return null;
    // Where nobody follows anything, what has ended begins nothing: it would never come to rest.
    const isBegun = this.#events.has(organization) || pushedFrom(path, parseJson(kept.text), kept.askedAt).some(isInFlight);
    return isBegun ? this.of(organization).polled(follow, path, viewer, kept) : null;
  };

  /** A container was written to: it is read once, if anybody follows it. */
  changed(organization: string | null, containerId: string | undefined): void {
    if (containerId !== undefined) this.#events.get(organization)?.changed(containerId);
  }

  /** Takes in a webhook, which doesn't name its organisation, here and in the other processes. */
  webhook(sent: WebhookSubject): void {
    const subject = this.#jobs.named(sent);
    this.#outdate(subject);
    this.#link.say('webhook', subject);
    this.#tell(subject, true);
  }

  /** What was read of its containers before is no longer current, here and in the other processes. */
  #outdate({ containerIds }: WebhookSubject): void {
    for (const containerId of containerIds) this.#reader.wrote(containerId);
  }

  /** @param isShared whether the other processes have it, with the same containers */
  #tell(subject: WebhookSubject, isShared: boolean): void {
    for (const events of this.#events.values()) events.webhook(subject, isShared);
  }

  /** Ends all streams. */
  close(): void {
    for (const events of [...this.#events.values()]) events.close();
  }

  #sum(count: (events: Events) => number): number {
    return [...this.#events.values()].reduce((sum, events) => sum + count(events), 0);
  }
}
