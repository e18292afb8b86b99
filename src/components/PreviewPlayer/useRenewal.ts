'use client';
import { useRef, useState } from 'react';
import { monotonicNow } from '../../internal/monotonicNow.js';
import { shareEqual } from '../../internal/shareEqual.js';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import type { Preview } from '../../model/preview.js';
import { addressesOf, fileOf } from './mediaFile.js';

/** Reads the preview again: the new one; nothing, where it comes by the props. Rejects where it cannot be read. */
export type Refresh = () => Promise<Preview | null | undefined | void> | void;

/** The shortest time between two reads for the same media, in milliseconds: what is broken stays so, and a read costs everybody. */
const PAUSE_MS = 60_000;
/** How long a read may take, in milliseconds: one of a host's may never end. */
const LONGEST_READ_MS = 30_000;
/** One read for the media of a preview; `null`: it failed, nothing: new addresses come by the props, if at all. */
interface Reading {
  at: number;
  result: Promise<Preview | null | undefined | void>;
}
/** The last of each media, for all players of the page: one that scrolls in and out, or is there twice, is still the same media. */
const readings = new Map<string, Reading>();

/** A preview with the newest addresses that are known of it. */
export interface Renewal {
  shown: Preview | null;
  addresses: string[];
  /** Stays the same while the media does, whatever its addresses are. */
  key: string;
  isRenewing: boolean;
  renew: (failed: string | null) => Promise<boolean>;
  /** The same because a person asks: at once, and as often as they do. */
  renewNow: () => Promise<boolean>;
  /** The same before they expire: quietly, once for all players. */
  renewAhead: () => Promise<void>;
}

/** Gets new addresses for media whose addresses have run out: by the props, else by one read, at most once a minute. */
export function useRenewal(preview: Preview | null, refresh: Refresh | undefined): Renewal {
  const [renewal, setRenewal] = useState<{ from: Preview | null; to: Preview; files: string; key: string } | null>(null);
  const [renewing, setRenewing] = useState<string | null>(null);
  const shown = renewal && isSame(renewal.from, preview) ? renewal.to : preview;
  const addresses = addressesOf(shown);
  const files = filesOf(shown);
  const key = renewal?.files === files ? renewal.key : files;
  const latest = useRef({ preview, addresses, key, refresh });
  useIsomorphicLayoutEffect(() => {
    latest.current = { preview, addresses, key, refresh };
  });

  /** By file that failed: whether the last reading helps, for all that ask meanwhile; afterwards none gets a second address by it. */
  const used = useRef<{ reading: Reading | null; files: Map<string, Promise<boolean> | false> }>({ reading: null, files: new Map() });

  const read = (from: Refresh | undefined) => {
    const media = latest.current.key;
    let limit: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<null>((resolve) => {
      limit = setTimeout(() => {
        // It says nothing of the media: another player may read at once.
        if (readings.get(media) === reading) readings.delete(media);
        resolve(null);
      }, LONGEST_READ_MS);
    });
    const answer = (async () => from?.())().catch(() => null);
    const reading: Reading = { at: monotonicNow(), result: Promise.race([answer, late]).finally(() => clearTimeout(limit)) };
    readings.set(media, reading);
    return reading;
  };
  /** Shows what a reading gave. */
  const take = async ({ result }: Reading, isQuiet = false) => {
    const as = latest.current.key;
    if (!isQuiet) setRenewing(as);
    const to = await result;
    setRenewing((now) => (now === as ? null : now));
    // Other media is shown by now, and this is not for it.
    if (latest.current.key !== as) return null;
    // Addresses may have got another path as well: it is the same media all the same.
    if (to) setRenewal({ from: latest.current.preview, to, files: filesOf(to), key: as });
    return to;
  };

  return {
    shown,
    addresses,
    key,
    isRenewing: renewing === key,
    renewNow: async () => (latest.current.refresh ? (await take(read(latest.current.refresh))) !== null : false),
    renewAhead: async () => {
      dropOld();
      const { key: media, refresh: again } = latest.current;
      const reading = readings.get(media) ?? (again && read(again));
      if (reading) await take(reading, true);
    },
    renew: async (failed) => {
      dropOld();
      const { key: media, refresh: again } = latest.current;
      const hasNewer = () => failed !== null && !latest.current.addresses.includes(failed);
      const known = readings.get(media);
      if (!known && !again && !hasNewer()) return false;
      const reading = known ?? read(hasNewer() ? undefined : again);
      const file = fileOf(failed ?? '');
      if (used.current.reading !== reading) used.current = { reading, files: new Map() };
      const { files: asked } = used.current;
      const before = asked.get(file);
      if (before !== undefined) return before;
      const outcome = (async () => {
        if (hasNewer()) return true;
        const to = await take(reading);
        if (to === null) return false;
        return !known || hasNewer() || (to !== undefined && failed !== null && !addressesOf(to).includes(failed));
      })();
      asked.set(file, outcome);
      const isRenewed = await outcome;
      // Where nothing newer has come yet, the props may bring it while the old address is tried once more.
      if (isRenewed && !known && (await reading.result) === undefined && !hasNewer()) asked.delete(file);
      else asked.set(file, false);
      return isRenewed;
    },
  };
}

function dropOld(): void {
  for (const [media, { at }] of readings) if (monotonicNow() - at >= PAUSE_MS) readings.delete(media);
}

/** Many hosts make the same preview anew for each render. */
const isSame = (one: Preview | null, other: Preview | null) => shareEqual(one, other) === one;

const filesOf = (preview: Preview | null) => `${preview?.kind} ${addressesOf(preview).map(fileOf).join(' ')}`;
