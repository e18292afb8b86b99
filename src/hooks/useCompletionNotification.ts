'use client';
import { useCallback, useEffect, useState } from 'react';
import { attempt } from '../internal/attempt.js';
import { isShown } from '../internal/shownDocuments.js';
import { callHost } from '../internal/callHost.js';
import { containerKey } from '../model/ids.js';
import { useAwaitedEnd } from './useAwaitedEnd.js';
import { useFollowedProgress } from './useFollowedProgress.js';
import { containerName } from '../model/containerName.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { useLayers } from '../provider/LayersContext.js';
import { useMessages } from '../provider/MessagesContext.js';
import { useKnownContainer } from './useKnownContainer.js';
import { useProgressEnd } from './useProgressEnd.js';

/** Options of {@link useCompletionNotification}. */
export interface UseCompletionNotificationOptions {
  /** `false`: never notifies. @default true, once the user has granted permission */
  enabled?: boolean | undefined;
  /** Shortest observed duration of a job in seconds that causes a notification. @default 30 */
  afterSeconds?: number | undefined;
  /** Text of the notification. @default the container's name and outcome */
  describe?: ((progress: ContainerProgress) => { title: string; body?: string | undefined }) | undefined;
  /** Called when the notification is clicked, after the page was focused. */
  onOpen?: ((containerId: string) => void) | undefined;
}

/** The result of {@link useCompletionNotification}. */
export interface UseCompletionNotificationResult {
  /** The user's permission; `unsupported` if the browser has no notifications, and on a server. */
  permission: NotificationPermission | 'unsupported';
  /** Requests permission. Call it from a click: browsers refuse it elsewhere. */
  request: () => Promise<NotificationPermission | 'unsupported'>;
}

/**
 * Shows a browser notification when a long job ends while the page is hidden: once, and only after the user has granted permission. The container is then
 * polled once a minute while the page is hidden, so the notification can be up to a minute late.
 *
 * @example
 * const { permission, request } = useCompletionNotification(containerId);
 * return permission === 'default' ? <button onClick={request}>Notify me when it's ready</button> : null;
 */
export function useCompletionNotification(
  containerId: string | null | undefined,
  { enabled = true, afterSeconds = 30, describe, onOpen }: UseCompletionNotificationOptions = {},
): UseCompletionNotificationResult {
  const layers = useLayers();
  const { messages } = useMessages();
  const container = useKnownContainer(containerId);
  // A server has no notifications: the first render must match its HTML. React 18 reads a store's client value where it renders again while it hydrates.
  const [isHydrated, setHydrated] = useState(false);
  // oxlint-disable-next-line react/set-state-in-effect -- only an effect knows that hydration is over
  useEffect(() => setHydrated(true), []);
  // Browsers don't report permission changes: it is read with each render.
  const permission = isHydrated ? permissionNow() : 'unsupported';
  const [, setAsked] = useState(0);
  useFollowedProgress(enabled ? containerId : null);
  useAwaitedEnd(layers, enabled && permission === 'granted' ? containerId : null);

  const notify = (progress: ContainerProgress) => {
    const { status, observedAt, startedAt } = progress;
    if (isShown() || status === 'canceled' || observedAt - startedAt < afterSeconds * 1000) return;
    if (permissionNow() !== 'granted' || !claim(progress)) return;
    const name = (container && containerName(container)) ?? messages.status(status);
    const { title, body } = callHost(describe, progress) ?? {
      title: name,
      body: name === messages.status(status) ? undefined : messages.status(status),
    };
    show(title, body, progress.containerId, onOpen);
  };
  useProgressEnd(layers, containerId, enabled ? notify : undefined);

  const request = useCallback(async () => {
    // Refused in a frame of another origin, or where nobody has clicked.
    // Old browsers return nothing.
    await attempt(() => Notification.requestPermission())?.catch(() => {});
    setAsked((times) => times + 1);
    return permissionNow();
  }, []);
  return { permission, request };
}

const permissionNow = () => attempt(() => Notification.permission) ?? 'unsupported';

const notified = new Set<string>();
const NOTIFIED_KEPT = 1_000;

/** Whether nobody has been notified of this end yet; from then on somebody has. */
function claim({ containerId, startedAt }: ContainerProgress): boolean {
  const key = `${containerKey(containerId)} ${startedAt}`;
  if (notified.has(key)) return false;
  notified.add(key);
  if (notified.size > NOTIFIED_KEPT) notified.delete(notified.values().next().value as string);
  return true;
}

function show(title: string, body: string | undefined, containerId: string, onOpen: UseCompletionNotificationOptions['onOpen']): void {
  try {
    const notification = new Notification(title, { tag: `layers ${containerId}`, ...(body !== undefined && { body }) });
    notification.onclick = () => {
      window.focus();
      notification.close();
      callHost(onOpen, containerId);
    };
  } catch {
    // Chrome on Android supports notifications from a service worker only, and throws.
  }
}
