/** A message between tabs of one origin and name. `Follow` and `News` are plain JSON. */
export type TabMessage<Follow, News> = {
  v: typeof VERSION;
  from: string;
} /** Announces the leader on election. */ & (
  | { kind: 'lead' }
  /** Heartbeat of the leader; active followers respond with `here`. */
  | { kind: 'beat' }
  | { kind: 'here' }
  /** What a tab follows, for the leader tab. */
  | { kind: 'follow'; follow: Follow }
  /** The leader requests what this tab follows. */
  | { kind: 'ask'; to: string }
  | { kind: 'news'; news: News }
  | { kind: 'bye' }
);

/** The version of this protocol. Tabs with different versions, before and after an upgrade of the package, ignore each other. */
export const VERSION = 1;

const KINDS: ReadonlySet<unknown> = new Set(['lead', 'beat', 'here', 'follow', 'ask', 'news', 'bye']);

/** Whether a value is a message of this version. Payloads aren't checked. */
export function isTabMessage<Follow, News>(value: unknown): value is TabMessage<Follow, News> {
  if (typeof value !== 'object' || value === null) return false;
  const { v, from, kind } = value as Record<string, unknown>;
  return v === VERSION && typeof from === 'string' && KINDS.has(kind);
}
