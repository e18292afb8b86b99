'use client';
import { type ForwardedRef, Fragment, type ReactNode } from 'react';
import { clock } from '../../internal/intl.js';
import { type ElementProps, renderElement } from '../../internal/renderElement.js';
import type { Container, ContainerSummary } from '../../model/container.js';
import { useWords } from '../../provider/MessagesContext.js';
import { PlatformFitNotice } from '../PlatformFitNotice/PlatformFitNotice.js';
import { platformName } from '../platformName.js';
import { Caption } from './Caption.js';
import { CopyButton } from './CopyButton.js';
import { type PostText, postLength, postTexts } from './postTexts.js';
import type { PostDetailsOwnProps, PostDetailsPart, PostDetailsPartProps, PostDetailsState } from './types.js';
import { postDetailsWords } from './words.js';

interface PostDetailsViewProps extends ElementProps<'div', PostDetailsState>, PostDetailsOwnProps {
  container: (ContainerSummary & Partial<Container>) | null;
  isUnavailable?: boolean | undefined;
  rootRef: ForwardedRef<HTMLDivElement>;
}

/** A `PostDetails` from plain data. */
export function PostDetailsView({ container, isUnavailable = false, parts = {}, rootRef, ...props }: PostDetailsViewProps) {
  const { messages, locale } = useWords(postDetailsWords);
  if (isUnavailable) return root('unavailable', <p data-part="unavailable">{messages.postUnavailable}</p>);
  if (container === null) return null;

  const { platformFit = null, influencerId = null, format } = container;
  const isToldOfFit = platformFit?.some(({ ok, issues }) => !ok || issues.length > 0) ?? false;
  const length = postLength(container);
  const texts = postTexts(container).map((each) => (
    <Fragment key={`${each.kind} ${each.text}`}>{draw(each.kind, item(each.kind, labelOf(each), textOf(each)), each)}</Fragment>
  ));
  const speaker = influencerId !== null && draw('speaker', null);
  const facts = [
    speaker && item('speaker', messages.postSpeaker, speaker),
    format !== null && draw('format', item('format', messages.postFormat, messages.postFormatName(format))),
    length && draw('length', item('length', messages.postLength, lengthOf(length))),
  ].filter(Boolean);
  if (!isToldOfFit && texts.length === 0 && facts.length === 0) return null;

  return root(
    'ready',
    <>
      {isToldOfFit && draw('platformFit', <PlatformFitNotice platformFit={platformFit} />)}
      {texts.length > 0 && <div data-part="texts">{texts}</div>}
      {facts.length > 0 && (
        <div data-part="facts">
          {facts.map((own, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- they have no state
            <Fragment key={place}>{own}</Fragment>
          ))}
        </div>
      )}
    </>,
  );

  /** A part as the host draws it, or as it is. */
  function draw(name: PostDetailsPart, children: ReactNode, { text = null, platforms = [], onClick }: Partial<PartData> = {}): ReactNode {
    const given = parts[name];
    return given ? given({ container: container as ContainerSummary, children, text, platforms, onClick }) : children;
  }

  function labelOf({ kind, platforms }: PostText): string {
    if (kind === 'firstComment') return messages.postFirstComment;
    return kind === 'caption' ? messages.postCaption : messages.postCaptionFor(platforms.map(platformName).join(messages.separator));
  }

  function textOf(each: PostText): ReactNode {
    const copy = parts.copy && ((button: ReactNode, onClick: () => void) => draw('copy', button, { ...each, onClick }));
    return (
      <>
        <Caption text={each.text} />
        <CopyButton text={each.text} label={labelOf(each)} draw={copy} />
      </>
    );
  }

  function lengthOf(known: NonNullable<ReturnType<typeof postLength>>): string {
    return 'ms' in known ? clock(Math.round(known.ms / 1000), locale) : messages.postSlides(known.slides, locale);
  }

  function root(state: PostDetailsState['state'], children: ReactNode) {
    return renderElement('div', {
      name: 'layers-PostDetails',
      state: { state } satisfies PostDetailsState,
      ref: rootRef as ForwardedRef<never>,
      own: { children, role: 'group', 'aria-label': messages.postDetails },
      props,
    });
  }
}

type PartData = Pick<PostDetailsPartProps, 'text' | 'platforms' | 'onClick'>;

// No `dl`: a part of the host's own around an item would break its list.
const item = (name: PostDetailsPart, label: string, children: ReactNode): ReactNode => (
  <div data-part="item" data-item={name} role="group" aria-label={label}>
    <div data-part="label">{label}</div>
    <div>{children}</div>
  </div>
);
