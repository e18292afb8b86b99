'use client';
import { type ForwardedRef, forwardRef } from 'react';
import { useContainer } from '../../hooks/useContainer.js';
import { humanize } from '../../internal/humanize.js';
import { type ElementProps, renderElement } from '../../internal/renderElement.js';
import type { PlatformFit } from '../../model/container.js';
import { useMessages } from '../../provider/MessagesContext.js';
import { AlertIcon } from '../icons.js';

/** What `className`, `style` and `render` functions of {@link PlatformFitNotice} are given. */
export interface PlatformFitNoticeState {
  /** `unfit` - at least one platform will not take it; `remarks` - all will, and there is something to know. Written as `data-state`. */
  state: 'unfit' | 'remarks';
}

interface PlatformFitNoticeOwnProps {
  /** Draws one pill for each platform that it does not fit, and no issues: for a card. @default false */
  compact?: boolean | undefined;
}

/** Props of {@link PlatformFitNotice}: a container's `platformFit`, or the `containerId` to read it from. */
export type PlatformFitNoticeProps = ElementProps<'div', PlatformFitNoticeState> &
  PlatformFitNoticeOwnProps &
  (
    | {
        /** How each platform takes an upload. `null` (generated content) and `undefined` draw nothing. */
        platformFit?: readonly PlatformFit[] | null | undefined;
        containerId?: undefined;
      }
    | {
        platformFit?: undefined;
        /** Reads the container through the nearest `LayersProvider`; draws nothing until it has come. */
        containerId: string | null | undefined;
      }
  );

/**
 * Warns of platforms that an upload does not fit: a person may still approve it, but it cannot be scheduled there (finalize-upload reference). It says what
 * the API says and nothing else, and draws nothing where every platform takes it.
 *
 * Attributes: `data-state` (`unfit`, `remarks`), `data-compact`. Parts: `data-part="platform"`, `"icon"`, `"word"`, `"issues"`.
 *
 * Variables: `--layers-warn`, `--layers-warn-soft`, `--layers-neutral`, `--layers-neutral-soft`, `--layers-text`.
 *
 * @example
 * <PlatformFitNotice platformFit={container.platformFit} />
 */
export const PlatformFitNotice = forwardRef(function PlatformFitNotice(
  { platformFit, containerId, ...props }: PlatformFitNoticeProps,
  ref: ForwardedRef<HTMLDivElement>,
) {
  if (containerId) return <ConnectedNotice {...props} containerId={containerId} rootRef={ref} />;
  return <NoticeView {...props} platformFit={platformFit ?? []} rootRef={ref} />;
});

interface ViewProps extends ElementProps<'div', PlatformFitNoticeState>, PlatformFitNoticeOwnProps {
  platformFit: readonly PlatformFit[];
  rootRef: ForwardedRef<HTMLDivElement>;
}

function ConnectedNotice({ containerId, ...props }: Omit<ViewProps, 'platformFit'> & { containerId: string }) {
  const { data } = useContainer(containerId);
  return <NoticeView {...props} platformFit={data?.platformFit ?? []} />;
}

/** How the platforms that are known today write themselves; the set is open. */
const NAMES: Record<string, string> = {
  tiktok: 'TikTok',
  instagram: 'Instagram',
  youtube: 'YouTube',
  facebook: 'Facebook',
  linkedin: 'LinkedIn',
  x: 'X',
};

const nameOf = (platform: string) => (Object.hasOwn(NAMES, platform) ? NAMES[platform] : undefined) ?? humanize(platform);

function NoticeView({ platformFit, compact = false, rootRef, ...props }: ViewProps) {
  const { messages } = useMessages();
  const told = platformFit.filter(({ ok, issues }) => !ok || (!compact && issues.length > 0));
  if (told.length === 0) return null;
  const children = told.map(({ platform, ok, issues }) => {
    const name = nameOf(platform);
    return (
      <div key={platform} data-part="platform" data-fit={ok ? '' : undefined}>
        <AlertIcon />
        <div>
          <p data-part="word">{ok ? messages.platformRemarks(name) : messages.platformUnfit(name)}</p>
          {!compact && issues.length > 0 && (
            <ul data-part="issues">
              {issues.map((issue) => (
                <li key={issue} dir="auto">
                  {issue}
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    );
  });
  return renderElement('div', {
    name: 'layers-PlatformFitNotice',
    state: { state: told.some(({ ok }) => !ok) ? 'unfit' : 'remarks' } satisfies PlatformFitNoticeState,
    ref: rootRef as ForwardedRef<never>,
    own: { children, 'data-compact': compact ? '' : undefined },
    props,
  });
}
