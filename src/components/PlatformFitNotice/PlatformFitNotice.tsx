'use client';
import { type ForwardedRef, type ReactElement, type ReactNode } from 'react';
import { type ElementProps, renderElement } from '../../internal/renderElement.js';
import type { PlatformFit } from '../../model/container.js';
import { useReads } from '../../provider/LayersContext.js';
import { useWords } from '../../provider/MessagesContext.js';
import { platformName } from '../platformName.js';
import { AlertIcon, QuestionIcon } from '../icons.js';
import type { PlatformFitNoticeOwnProps, PlatformFitNoticeProps, PlatformFitNoticeState } from './types.js';
import { platformFitEnglish } from './words.js';
import { guarded } from '../guarded.js';

/**
 * Warns of platforms that an upload does not fit: a person may still approve it, but it cannot be scheduled there (finalize-upload reference). It says what
 * the API says and nothing else, and draws nothing where every platform takes it.
 *
 * Attributes: `data-state` (`unfit`, `remarks`, `unavailable` where the container could not be read), `data-compact`. Parts: `data-part="platform"`, `"icon"`, `"word"`, `"issues"`.
 *
 * Variables: `--layers-warn`, `--layers-warn-soft`, `--layers-neutral`, `--layers-neutral-soft`, `--layers-text`.
 *
 * @example
 * <PlatformFitNotice platformFit={container.platformFit} />
 */
export const PlatformFitNotice = guarded(
  'PlatformFitNotice',
  { tag: 'div' },
  function PlatformFitNotice({ platformFit, containerId, ...props }: PlatformFitNoticeProps, ref: ForwardedRef<HTMLDivElement>) {
    if (containerId) return <ConnectedNotice {...props} containerId={containerId} rootRef={ref} />;
    return <NoticeView {...props} platformFit={platformFit ?? []} rootRef={ref} />;
  },
);

interface ViewProps extends ElementProps<'div', PlatformFitNoticeState>, PlatformFitNoticeOwnProps {
  /** `null`: it could not be read. */
  platformFit: readonly PlatformFit[] | null;
  rootRef: ForwardedRef<HTMLDivElement>;
}

function ConnectedNotice({ containerId, ...props }: Omit<ViewProps, 'platformFit'> & { containerId: string }) {
  const { data, error } = useReads().useContainer(containerId);
  const platformFit = data?.platformFit ?? [];
  // Rows and progress don't carry it.
  const isUnknown = error !== null && platformFit.length === 0 && data?.isPartial !== false;
  return <NoticeView {...props} platformFit={isUnknown ? null : platformFit} />;
}

function NoticeView({ platformFit, compact = false, rootRef, ...props }: ViewProps) {
  const { messages } = useWords(platformFitEnglish);
  if (platformFit === null) return draw('unavailable', <Notice icon={<QuestionIcon />} word={messages.platformFitUnavailable} isQuiet />);
  const told = platformFit.filter(({ ok, issues }) => !ok || (!compact && issues.length > 0));
  if (told.length === 0) return null;
  const children = told.map(({ platform, ok, issues }, at) => {
    const name = platformName(platform);
    return (
      // oxlint-disable-next-line react/no-array-index-key -- a server may name a platform, and an issue, twice
      <Notice key={at} icon={<AlertIcon />} word={ok ? messages.platformRemarks(name) : messages.platformUnfit(name)} isQuiet={ok}>
        {!compact && issues.length > 0 && (
          <ul data-part="issues">
            {issues.map((issue, place) => (
              // oxlint-disable-next-line react/no-array-index-key -- as above
              <li key={place} dir="auto">
                {issue}
              </li>
            ))}
          </ul>
        )}
      </Notice>
    );
  });
  return draw(told.some(({ ok }) => !ok) ? 'unfit' : 'remarks', children);

  function draw(state: PlatformFitNoticeState['state'], content: ReactNode): ReactElement {
    return renderElement('div', {
      name: 'layers-PlatformFitNotice',
      state: { state } satisfies PlatformFitNoticeState,
      ref: rootRef as ForwardedRef<never>,
      own: { children: content, 'data-compact': compact ? '' : undefined },
      props,
    });
  }
}

interface NoticeProps {
  icon: ReactNode;
  word: string;
  /** It warns of nothing. */
  isQuiet: boolean;
  children?: ReactNode;
}

function Notice({ icon, word, isQuiet, children }: NoticeProps) {
  return (
    <div data-part="platform" data-fit={isQuiet ? '' : undefined}>
      {icon}
      <div>
        <p data-part="word">{word}</p>
        {children}
      </div>
    </div>
  );
}
