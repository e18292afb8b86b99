'use client';
import { useRef, useState } from 'react';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import type { Preview } from '../../model/preview.js';
import { addressesOf, fileOf } from './mediaFile.js';

/** Reads the preview again: the new one; nothing, where it comes by the props. Rejects where it cannot be read. */
export type Refresh = () => Promise<Preview | null | undefined | void> | void;

/** The shortest time between two reads for the same media, in milliseconds: what is broken stays so, and a read costs everybody. */
const PAUSE_MS = 60_000;
/** When each media was last renewed, for all players of the page: one that scrolls in and out is still the same media. */
const renewedAt = new Map<string, number>();

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
}

/** Gets new addresses for media whose addresses have run out: by the props, else by one read, at most once a minute. */
export function useRenewal(preview: Preview | null, refresh: Refresh | undefined): Renewal {
  const [renewal, setRenewal] = useState<{ from: Preview | null; to: Preview; files: string; key: string } | null>(null);
  const [isRenewing, setRenewing] = useState(false);
  const shown = renewal && renewal.from === preview ? renewal.to : preview;
  const addresses = addressesOf(shown);
  const files = filesOf(shown);
  const key = renewal?.files === files ? renewal.key : files;
  const latest = useRef({ preview, addresses, key, refresh });
  useIsomorphicLayoutEffect(() => {
    latest.current = { preview, addresses, key, refresh };
  });

  const renewNow = async () => {
    const { refresh: read, key: as } = latest.current;
    if (!read) return false;
    setRenewing(true);
    try {
      const to = await read();
      // Addresses may have got another path as well: it is the same media all the same.
      if (to) setRenewal({ from: latest.current.preview, to, files: filesOf(to), key: as });
      return to !== null;
    } catch {
      return false;
    } finally {
      setRenewing(false);
    }
  };

  return {
    shown,
    addresses,
    key,
    isRenewing,
    renewNow,
    renew: async (failed) => {
      const now = Date.now();
      for (const [media, at] of renewedAt) if (now - at >= PAUSE_MS) renewedAt.delete(media);
      const { addresses: known, key: media } = latest.current;
      if (renewedAt.has(media)) return false;
      const hasNewer = failed !== null && !known.includes(failed);
      if (!hasNewer && !latest.current.refresh) return false;
      renewedAt.set(media, now);
      return hasNewer || renewNow();
    },
  };
}

const filesOf = (preview: Preview | null) => `${preview?.kind} ${addressesOf(preview).map(fileOf).join(' ')}`;
