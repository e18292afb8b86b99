'use client';
import { useContext, useEffect, useState } from 'react';
import { callHost } from '../internal/callHost.js';
import { number } from '../internal/intl.js';
import { LayersContext } from '../provider/LayersContext.js';
import { useMessages } from '../provider/MessagesContext.js';
import { useAwaitedEnd } from './useAwaitedEnd.js';
import { type ProgressSource, useFollowedProgress } from './useFollowedProgress.js';

/** Options of {@link useTitleProgress}. */
export interface UseTitleProgressOptions {
  /** Combines the percentage ("42%") with the page's own title. @default `42% · Title` */
  format?: ((share: string, title: string) => string) | undefined;
  /** `false`: doesn't change the title. @default true */
  enabled?: boolean | undefined;
  /** Polling while the page is hidden: `pause`: none, so the percentage doesn't change; `slow`: once a minute. @default 'pause' */
  background?: 'pause' | 'slow' | undefined;
}

const shares = new Map<object, number>();
/** The current title, if we set it. */
let written: string | null = null;
/** The page's own title. */
let own = '';

/**
 * Shows progress in the document title, so it is visible from another tab: "42% · Title". Several jobs show their mean. The title is restored when nothing
 * is in flight, and on unmount.
 *
 * @example
 * useTitleProgress(containerId);
 *
 * @param source a container id to follow, or a progress object
 */
export function useTitleProgress(
  source: ProgressSource,
  { format = join, enabled = true, background = 'pause' }: UseTitleProgressOptions = {},
): void {
  const layers = useContext(LayersContext);
  const progress = useFollowedProgress(enabled ? source : null);
  useAwaitedEnd(layers, enabled && background === 'slow' && typeof source === 'string' ? source : null);
  const { locale } = useMessages();
  const [job] = useState(() => ({}));
  const percent = progress === null || progress.isTerminal || progress.percent === null ? null : Math.floor(progress.percent);

  useEffect(() => {
    if (percent === null) return undefined;
    shares.set(job, percent);
    const show = () => showTitle(locale, format);
    show();
    return () => {
      shares.delete(job);
      show();
    };
  }, [job, percent, locale, format]);
}

function showTitle(locale: string, format: (share: string, title: string) => string): void {
  const isOurs = written !== null && document.title === written;
  if (!isOurs) own = document.title;
  if (shares.size === 0) {
    if (isOurs) document.title = own;
    written = null;
    return;
  }
  const mean = [...shares.values()].reduce((sum, share) => sum + share, 0) / shares.size;
  const share = number(locale, { style: 'percent', maximumFractionDigits: 0 }).format(Math.floor(mean) / 100);
  document.title = callHost(format, share, own) ?? join(share, own);
  // Browsers trim titles: compare with the result later.
  written = document.title;
}

const join = (share: string, title: string) => (title === '' ? share : `${share} · ${title}`);
