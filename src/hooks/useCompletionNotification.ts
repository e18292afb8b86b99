'use client';
import { useCallback, useState, useSyncExternalStore } from 'react';
import { useAwaitedEnd } from './useAwaitedEnd.js';
import { useFollowedProgress } from './useFollowedProgress.js';
import { containerName } from '../model/containerName.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { useLayers } from '../provider/LayersContext.js';
import { useMessages } from '../provider/MessagesContext.js';
import { claimEnd } from '../progress/ends.js';
import { useKnownContainer } from './useKnownContainer.js';
import { useProgressEnd } from './useProgressEnd.js';

/** Options of {@link useCompletionNotification}. */
export interface UseCompletionNotificationOptions {
  /** `false`: never notifies. @default true, once the person has allowed it */
  enabled?: boolean | undefined;
  /** A job that was seen for less than so many seconds is not worth a notification. @default 30 */
  afterSeconds?: number | undefined;
  /** Words of the notification. @default the container's name, and how it ended */
  describe?: ((progress: ContainerProgress) => { title: string; body?: string | undefined }) | undefined;
  /** Called when the notification is clicked, after the page was brought to the front. */
  onOpen?: ((containerId: string) => void) | undefined;
}

/** What {@link useCompletionNotification} gives. */
export interface UseCompletionNotificationResult {
  /** What the person has said; `unsupported` where the browser has no notifications. */
  permission: NotificationPermission | 'unsupported';
  /** Asks the person. Call it from a click: browsers refuse it elsewhere. */
  request: () => Promise<NotificationPermission | 'unsupported'>;
}

/**
 * Notifies the person when a long job ends while they look at another tab: once, and only after they have agreed. From then on the container is read once
 * a minute while the page is hidden, which otherwise reads nothing, so the notification may come up to a minute late.
 *
 * @example
 * const { permission, request } = useCompletionNotification(containerId);
 * return permission === 'default' ? <button onClick={request}>Tell me when it is ready</button> : null;
 */
export function useCompletionNotification(
  containerId: string | null | undefined,
  { enabled = true, afterSeconds = 30, describe, onOpen }: UseCompletionNotificationOptions = {},
): UseCompletionNotificationResult {
  const layers = useLayers();
  const { messages } = useMessages();
  const container = useKnownContainer(containerId);
  const [, setAsked] = useState(0);
  // A server has no notifications: the page begins like its HTML.
  const permission = useSyncExternalStore(neverChanges, permissionNow, () => 'unsupported' as const);
  useFollowedProgress(enabled ? containerId : null);
  useAwaitedEnd(layers, enabled && permission === 'granted' ? containerId : null);

  const notify = (progress: ContainerProgress) => {
    const { status, observedAt, startedAt } = progress;
    if (document.visibilityState !== 'hidden' || status === 'canceled' || observedAt - startedAt < afterSeconds * 1000) return;
    if (permissionNow() !== 'granted' || !claimEnd('notification', progress)) return;
    const name = (container && containerName(container)) ?? messages.status(status);
    const { title, body } = describe?.(progress) ?? {
      title: name,
      body: name === messages.status(status) ? undefined : messages.status(status),
    };
    show(title, body, progress.containerId, onOpen);
  };
  useProgressEnd(layers, containerId, enabled ? notify : undefined);

  const request = useCallback(async () => {
    if (permissionNow() !== 'unsupported') await Notification.requestPermission();
    setAsked((times) => times + 1);
    return permissionNow();
  }, []);
  return { permission, request };
}

/** Browsers don't report that a permission changed: it is read with each render. */
const neverChanges = () => () => {};

const permissionNow = () => (typeof Notification === 'undefined' ? 'unsupported' : Notification.permission);

function show(title: string, body: string | undefined, containerId: string, onOpen: UseCompletionNotificationOptions['onOpen']): void {
  try {
    const notification = new Notification(title, { tag: `layers ${containerId}`, ...(body !== undefined && { body }) });
    notification.onclick = () => {
      window.focus();
      notification.close();
      onOpen?.(containerId);
    };
  } catch {
    // Chrome on Android knows notifications from a service worker only, and throws.
  }
}
