import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { monotonicNow } from '../../src/internal/monotonicNow.js';
import { Tabs, type TabsHost } from '../../src/queries/tabs.js';
import { fence } from '../support/fence.js';

/** Web Locks and BroadcastChannel do not tell two objects of one page from two tabs. */
type TestTabs = Tabs<string[], { text: string }>;

let opened: { close(): void }[] = [];
let name = '';
let names = 0;

function tab({ isVisible = true, isAwaiting = false, follows = [] as string[] } = {}) {
  const current = new Map<string, object>();
  const host = {
    isVisible: () => isVisible,
    isAwaiting: () => isAwaiting,
    follows: vi.fn<() => string[]>(() => follows),
    /** What is followed for another tab from now on; `null`: nothing. */
    followsOf: vi.fn<(tab: string, follow: string[] | null) => void>(),
    followFor: (follow: string[], other: string) => {
      const own = {};
      current.set(other, own);
      host.followsOf(other, follow);
      return () => {
        if (current.get(other) === own) host.followsOf(other, null);
      };
    },
    leads: vi.fn<(isLeader: boolean) => void>(),
    news: vi.fn<(news: { text: string }) => void>(),
  } satisfies TabsHost<string[], { text: string }> & Record<string, unknown>;
  const tabs: TestTabs = new Tabs(name, host);
  opened.push(tabs);
  return {
    tabs,
    host,
    follow: (...ids: string[]) => {
      follows = ids;
      tabs.changed();
    },
    see: (isSeen: boolean) => {
      isVisible = isSeen;
      tabs.changed();
    },
  };
}

/** A tab that says what it is told to say, and writes down what it hears. */
function raw() {
  const channel = new BroadcastChannel(`layers-react tabs ${name}`);
  const heard: { kind: string; from: string }[] = [];
  channel.addEventListener('message', ({ data }) => heard.push(data));
  opened.push(channel);
  return { heard, say: (message: unknown) => channel.postMessage(message) };
}

/** Until everything that was said and asked for before has arrived, and what was said in answer to it. */
const settled = () => fence(4);

async function seconds(count: number) {
  for (let second = 0; second < count; second += 1) {
    await vi.advanceTimersByTimeAsync(1_000);
    await settled();
  }
}

const stopTime = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
const isLeader = (tabs: TestTabs) => tabs.leads;
const leaders = (...all: { tabs: TestTabs }[]) => all.map(({ tabs }) => isLeader(tabs));
const locksOf = async () => {
  const { held = [], pending = [] } = await navigator.locks.query();
  return [...held, ...pending].filter((lock) => lock.name?.startsWith(`layers-react tabs ${name}`));
};

const anotherName = () => {
  names += 1;
  name = `test ${names}`;
};

beforeEach(anotherName);

afterEach(async () => {
  for (const each of opened) each.close();
  opened = [];
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await settled();
});

describe('who leads', () => {
  test('one tab does, the first, and each is told once', async () => {
    const all = [tab(), tab(), tab()];
    await settled();
    expect(leaders(...all)).toEqual([true, false, false]);
    expect(all.map(({ host }) => host.leads.mock.calls)).toEqual([[[true]], [], []]);
    expect(new Set(all.map(({ tabs }) => tabs.id)).size).toBe(3);
  });

  test.each([
    ['is closed', ({ tabs }: ReturnType<typeof tab>) => tabs.close()],
    ['is hidden', ({ see }: ReturnType<typeof tab>) => see(false)],
  ])('when the leader %s, the next visible tab leads at once', async (_name, leave) => {
    const [first, hidden, next] = [tab(), tab({ isVisible: false }), tab()];
    await settled();
    leave(first);
    expect(leaders(first)).toEqual([false]);
    expect(first.host.leads).toHaveBeenLastCalledWith(false);
    await settled();
    expect(leaders(first, hidden, next)).toEqual([false, false, true]);
  });

  test('a hidden tab leads as soon as it is seen and nobody else does', async () => {
    const hidden = tab({ isVisible: false });
    await settled();
    expect(leaders(hidden)).toEqual([false]);
    hidden.see(true);
    await settled();
    expect(leaders(hidden)).toEqual([true]);
  });

  test('a tab that is closed while it waits leaves the line', async () => {
    const [first, waiting] = [tab(), tab()];
    await settled();
    waiting.tabs.close();
    await settled();
    expect(await locksOf()).toHaveLength(1);
    first.tabs.close();
    await settled();
    expect(await locksOf()).toHaveLength(0);
    expect(waiting.host.leads).not.toHaveBeenCalled();
  });

  test('a tab that is closed before it was granted the lock keeps it from nobody', async () => {
    const brief = tab();
    brief.tabs.close();
    const next = tab();
    await settled();
    expect(leaders(brief, next)).toEqual([false, true]);
    expect(brief.host.leads).not.toHaveBeenCalled();
  });

  test('a lock that is granted after the tab was closed is given up at once', async () => {
    let grant = (): unknown => undefined;
    vi.spyOn(navigator.locks, 'request').mockImplementation(((_name: string, _options: LockOptions, hold: () => unknown) => {
      grant = hold;
      return new Promise(() => {});
    }) as typeof navigator.locks.request);
    const late = tab();
    late.tabs.close();
    expect(grant()).toBeUndefined();
    expect(late.host.leads).not.toHaveBeenCalled();
    expect(leaders(late)).toEqual([false]);
  });

  test('a page in the back/forward cache, or a frozen one, holds nothing, and joins again when it comes back', async () => {
    const only = tab();
    await settled();
    const leave = {
      pagehide: () => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })),
      freeze: () => document.dispatchEvent(new Event('freeze')),
    };
    const come = {
      pageshow: () => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
      resume: () => document.dispatchEvent(new Event('resume')),
    };
    for (const [go, back] of [
      [leave.pagehide, come.pageshow],
      [leave.freeze, come.resume],
    ] as const) {
      go();
      await settled();
      expect(leaders(only)).toEqual([false]);
      expect(await locksOf()).toHaveLength(0);
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
      await settled();
      expect(leaders(only)).toEqual([false]);
      back();
      await settled();
      expect(leaders(only)).toEqual([true]);
    }
    only.tabs.close();
    come.pageshow();
    await settled();
    expect(await locksOf()).toHaveLength(0);
  });
});

describe('what the leader knows of the others', () => {
  test('what each of them follows, and when one goes', async () => {
    const leader = tab();
    await settled();
    const other = tab({ follows: ['a', 'b'] });
    await settled();
    expect(leader.host.followsOf.mock.calls).toEqual([[other.tabs.id, ['a', 'b']]]);
    other.tabs.close();
    await settled();
    expect(leader.host.followsOf).toHaveBeenLastCalledWith(other.tabs.id, null);
    expect(other.host.followsOf).not.toHaveBeenCalled();
  });

  test('changes in one moment are told once', async () => {
    const leader = tab();
    await settled();
    const other = tab();
    await settled();
    leader.host.followsOf.mockClear();
    stopTime();
    for (const id of ['a', 'b', 'c']) other.follow(id);
    await vi.advanceTimersByTimeAsync(20);
    await settled();
    expect(leader.host.followsOf.mock.calls).toEqual([[other.tabs.id, ['c']]]);
  });

  test('a new leader hears everything, and the old one lets go of it', async () => {
    const [first, second, third] = [tab({ follows: ['1'] }), tab({ follows: ['2'] }), tab({ follows: ['3'] })];
    await settled();
    first.see(false);
    expect(first.host.followsOf).toHaveBeenCalledWith(second.tabs.id, null);
    expect(first.host.followsOf).toHaveBeenCalledWith(third.tabs.id, null);
    await settled();
    expect(second.host.followsOf.mock.calls).toEqual([[third.tabs.id, ['3']]]);
    first.see(true);
    await settled();
    expect(second.host.followsOf).toHaveBeenLastCalledWith(first.tabs.id, ['1']);
  });

  test('a leader that was hidden and leads again hears everything again', async () => {
    const first = tab();
    await settled();
    const other = tab({ follows: ['a'], isVisible: false, isAwaiting: true });
    await settled();
    first.see(false);
    first.see(true);
    await settled();
    expect(first.host.followsOf.mock.calls.map(([, follow]) => follow)).toEqual([['a'], null, ['a']]);
    expect(first.host.followsOf.mock.calls[0]?.[0]).toBe(other.tabs.id);
  });

  test('a tab that falls silent is dropped after 10 s, one that lives is not', async () => {
    stopTime();
    const leader = tab();
    await settled();
    const other = tab({ follows: ['a'] });
    const ghost = raw();
    await settled();
    ghost.say({ v: 1, from: 'ghost', kind: 'follow', follow: ['g'] });
    await settled();
    await seconds(9);
    expect(leader.host.followsOf).not.toHaveBeenCalledWith('ghost', null);
    await seconds(4);
    expect(leader.host.followsOf).toHaveBeenCalledWith('ghost', null);
    await seconds(47);
    expect(leader.host.followsOf).not.toHaveBeenCalledWith(other.tabs.id, null);
    // It answers each heartbeat, and says nothing besides.
    expect(ghost.heard.filter(({ from }) => from === other.tabs.id).length).toBeLessThanOrEqual(32);
  });

  test('a hidden tab is read for only if it awaits something, and again when it is seen', async () => {
    stopTime();
    const leader = tab();
    await settled();
    const [hidden, awaiting] = [tab({ follows: ['h'] }), tab({ follows: ['w'], isAwaiting: true })];
    await settled();
    for (const { see } of [hidden, awaiting]) see(false);
    await seconds(30);
    expect(leader.host.followsOf).toHaveBeenCalledWith(hidden.tabs.id, null);
    expect(leader.host.followsOf).not.toHaveBeenCalledWith(awaiting.tabs.id, null);
    hidden.see(true);
    await settled();
    expect(leader.host.followsOf).toHaveBeenLastCalledWith(hidden.tabs.id, ['h']);
  });

  test('a tab that says again what it follows is followed once, and one that was dropped is heard again', async () => {
    stopTime();
    const leader = tab();
    await settled();
    const ghost = raw();
    const say = async () => {
      ghost.say({ v: 1, from: 'ghost', kind: 'follow', follow: ['g'] });
      await settled();
    };
    await say();
    await say();
    expect(leader.host.followsOf.mock.calls).toEqual([['ghost', ['g']]]);
    await seconds(13);
    await say();
    expect(leader.host.followsOf.mock.calls.map(([, follow]) => follow)).toEqual([['g'], null, ['g']]);
  });
});

describe('what the others know of the leader', () => {
  test('it says every 2 s that it is alive', async () => {
    stopTime();
    const leader = tab();
    await settled();
    const other = tab();
    await settled();
    let longest = 0;
    for (let second = 0; second < 20; second += 1) {
      await seconds(1);
      longest = Math.max(longest, monotonicNow() + 5_000 - other.tabs.silentAt);
    }
    expect(longest).toBeGreaterThan(0);
    expect(longest).toBeLessThanOrEqual(2_000);
    expect(leader.tabs.leads).toBe(true);
  });
});

describe('a leader that hangs', () => {
  /** Holds the lock and says nothing, until it is woken. */
  async function hang() {
    let wake = () => {};
    const released = new Promise<void>((resolve) => (wake = resolve));
    void navigator.locks.request(`layers-react tabs ${name}`, () => released);
    opened.push({ close: wake });
    await settled();
    return { ...raw(), die: wake };
  }
  /** What a tab does whose reads are due. */
  const standIn = async (...all: { tabs: TestTabs }[]) => {
    for (const { tabs } of all) if (tabs.silentAt <= monotonicNow()) tabs.standIn();
    await settled();
  };

  test('is waited for 5 s, and then one of the others leads in its place', async () => {
    await hang();
    stopTime();
    const others = [tab({ follows: ['a'] }), tab({ follows: ['b'] }), tab({ follows: ['c'] })];
    await seconds(4);
    await standIn(...others);
    expect(leaders(...others)).toEqual([false, false, false]);
    await seconds(1);
    await standIn(...others);
    await expect.poll(() => leaders(...others)).toEqual([true, false, false]);
    expect(others[0]?.host.followsOf.mock.calls.map(([, follow]) => follow)).toEqual([['b'], ['c']]);
    await seconds(20);
    await standIn(...others);
    await expect.poll(() => leaders(...others)).toEqual([true, false, false]);
  });

  test('leads again as soon as it says something', async () => {
    const { say, heard } = await hang();
    stopTime();
    const others = [tab({ follows: ['a'] }), tab({ follows: ['b'] })];
    await seconds(5);
    await standIn(...others);
    say({ v: 1, from: 'hung', kind: 'lead' });
    await settled();
    expect(leaders(...others)).toEqual([false, false]);
    expect(others[0]?.host.leads.mock.calls).toEqual([[true], [false]]);
    const follows = heard.filter(({ kind }) => kind === 'follow').slice(-2);
    expect(follows.map(({ from }) => from).sort()).toEqual(others.map(({ tabs }) => tabs.id).sort());
    expect(await locksOf()).toHaveLength(3);
  });

  test('says so when it hears that another stands in for it', async () => {
    const leader = tab();
    await settled();
    const { heard, say } = raw();
    say({ v: 1, from: 'other', kind: 'lead' });
    await settled();
    expect(heard.map(({ kind, from }) => [kind, from])).toEqual([['lead', leader.tabs.id]]);
    await expect.poll(() => leaders(leader)).toEqual([true]);
  });

  test('and is closed leaves the one that stands in to lead, and the other lock free', async () => {
    const { die } = await hang();
    stopTime();
    const other = tab();
    await seconds(5);
    await standIn(other);
    die();
    await settled();
    await expect.poll(() => leaders(other)).toEqual([true]);
    expect(other.host.leads.mock.calls).toEqual([[true]]);
    expect((await locksOf()).map((lock) => lock.name)).toEqual([`layers-react tabs ${name}`]);
  });

  test('is stood in for by the next where the first that does is closed or hidden', async () => {
    await hang();
    stopTime();
    const others = [tab(), tab(), tab()];
    await seconds(5);
    await standIn(...others);
    others[0]?.tabs.close();
    await settled();
    await seconds(5);
    await standIn(...others);
    await expect.poll(() => leaders(...others)).toEqual([false, true, false]);
    others[1]?.see(false);
    await settled();
    await seconds(5);
    await standIn(...others.slice(2));
    await expect.poll(() => leaders(...others)).toEqual([false, false, true]);
  });

  test('is not stood in for where it was heard of while the others stood in line', async () => {
    const { say } = await hang();
    let free = () => {};
    void navigator.locks.request(`layers-react tabs ${name} stand-in`, () => new Promise<void>((resolve) => (free = resolve)));
    stopTime();
    const other = tab();
    await seconds(5);
    await standIn(other);
    say({ v: 1, from: 'hung', kind: 'lead' });
    await settled();
    free();
    await settled();
    expect(leaders(other)).toEqual([false]);
    expect(await locksOf()).toHaveLength(2);
  });

  test('is stood in for by a hidden tab that awaits something, until a tab is seen', async () => {
    stopTime();
    const hidden = tab({ isVisible: false, isAwaiting: true, follows: ['a'] });
    await seconds(5);
    await standIn(hidden);
    hidden.follow('a', 'b');
    await settled();
    await expect.poll(() => leaders(hidden)).toEqual([true]);
    const seen = tab();
    await settled();
    await expect.poll(() => leaders(hidden, seen)).toEqual([false, true]);
    expect(seen.host.followsOf.mock.calls.map(([, follow]) => follow)).toEqual([['a', 'b']]);
  });
});

describe('timers', () => {
  test('a tab alone has none, a leader with followers one, a follower none', async () => {
    stopTime();
    const first = tab();
    await settled();
    first.follow('a');
    expect(vi.getTimerCount()).toBe(0);
    const other = tab();
    await settled();
    expect(vi.getTimerCount()).toBe(1);
    other.tabs.close();
    await settled();
    expect(vi.getTimerCount()).toBe(0);
    first.tabs.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a leader that is hidden has none any more', async () => {
    stopTime();
    const [first] = [tab(), tab({ isVisible: false, isAwaiting: true })];
    await settled();
    expect(vi.getTimerCount()).toBe(1);
    first.see(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('what is told', () => {
  test('all the others hear, from the leader and from any other, and not those of another name', async () => {
    const all = [tab(), tab(), tab({ isVisible: false })];
    anotherName();
    const stranger = tab();
    await settled();
    for (const { tabs } of all.slice(0, 2)) tabs.tell({ text: tabs.id });
    await settled();
    const [leader, other, hidden] = all.map(({ host }) => host.news.mock.calls);
    const [first, second] = all.map(({ tabs }) => tabs.id);
    expect(leader).toEqual([[{ text: second }]]);
    expect(other).toEqual([[{ text: first }]]);
    expect(hidden).toEqual([...(other ?? []), ...(leader ?? [])]);
    expect(stranger.host.news).not.toHaveBeenCalled();
    expect(isLeader(stranger.tabs)).toBe(true);
  });

  test('another version and garbage are ignored', async () => {
    const [leader, other] = [tab(), tab()];
    const ghost = raw();
    await settled();
    leader.host.followsOf.mockClear();
    const from = 'ghost';
    for (const message of [
      { v: 2, from, kind: 'follow', follow: ['x'] },
      { v: 2, from, kind: 'lead' },
      { from, kind: 'news', news: { text: 'x' } },
      { v: 1, from: 7, kind: 'news', news: { text: 'x' } },
      { v: 1, from, kind: 'unheard of' },
      null,
      'lead',
      [],
    ])
      ghost.say(message);
    await settled();
    for (const { host } of [leader, other]) for (const heard of [host.followsOf, host.news]) expect(heard).not.toHaveBeenCalled();
    expect(leaders(leader, other)).toEqual([true, false]);
  });

  test('what cannot be sent throws nothing, and neither does a closed tab', async () => {
    const [only, other] = [tab(), tab()];
    await settled();
    only.tabs.tell({ text: (() => {}) as never });
    only.tabs.close();
    only.tabs.tell({ text: 'late' });
    only.tabs.changed();
    only.see(false);
    only.see(true);
    only.tabs.close();
    await settled();
    expect(other.host.news).not.toHaveBeenCalled();
    expect(leaders(only, other)).toEqual([false, true]);
  });
});

describe('where the browser refuses', () => {
  const refusal = () => new DOMException('No.', 'SecurityError');
  test.each<[string, () => void]>([
    ['locks, later', () => vi.spyOn(navigator.locks, 'request').mockRejectedValue(refusal())],
    [
      'locks, at once',
      () =>
        vi.spyOn(navigator.locks, 'request').mockImplementation(() => {
          throw refusal();
        }),
    ],
    ['to have locks', () => vi.spyOn(navigator, 'locks', 'get').mockReturnValue(undefined as never)],
    [
      'channels',
      () =>
        vi.stubGlobal(
          'BroadcastChannel',
          class {
            constructor() {
              throw refusal();
            }
          },
        ),
    ],
    ['to have channels', () => vi.stubGlobal('BroadcastChannel', undefined)],
  ])('%s: each tab leads itself and talks to nobody', async (_name, refuse) => {
    refuse();
    const all = [tab(), tab({ follows: ['a'] })];
    await vi.waitFor(() => expect(leaders(...all)).toEqual([true, true]));
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    for (const { tabs, see } of all) {
      tabs.tell({ text: 'x' });
      tabs.changed();
      see(false);
      see(true);
    }
    await settled();
    expect(await locksOf()).toHaveLength(0);
    for (const { host, tabs } of all) {
      expect(host.leads.mock.calls).toEqual([[true]]);
      expect(host.news).not.toHaveBeenCalled();
      expect(tabs.leads).toBe(true);
      tabs.close();
      expect(host.leads).toHaveBeenLastCalledWith(false);
    }
  });
});
