/** What tabs of one origin and name say to each other. `Follow` and `News` are plain JSON. */
export type TabMessage<Follow, News> = {
  v: typeof VERSION;
  from: string;
} /** Announces the leader: on election, and to a tab that it did not know. */ & (
  | { kind: 'lead' }
  /** The leader is alive; followers that want to be kept answer with `here`. */
  | { kind: 'beat' }
  | { kind: 'here' }
  /** What a tab follows, for the leader. */
  | { kind: 'follow'; follow: Follow }
  /** The leader does not know what this tab follows. */
  | { kind: 'ask'; to: string }
  | { kind: 'news'; news: News }
  | { kind: 'bye' }
);

/** The version of this protocol: tabs that were loaded before and after an upgrade of the package do not understand each other, and do not try. */
export const VERSION = 1;

const KINDS: ReadonlySet<unknown> = new Set(['lead', 'beat', 'here', 'follow', 'ask', 'news', 'bye']);

/** Whether a value is a message of this version. Payloads are not looked into. */
export function isTabMessage<Follow, News>(value: unknown): value is TabMessage<Follow, News> {
  if (typeof value !== 'object' || value === null) return false;
  const { v, from, kind } = value as Record<string, unknown>;
  return v === VERSION && typeof from === 'string' && KINDS.has(kind);
}
