'use client';
import { type ForwardedRef } from 'react';
import type { ElementProps } from '../../internal/renderElement.js';
import { useReads } from '../../provider/LayersContext.js';
import { guarded } from '../guarded.js';
import { PostDetailsView } from './PostDetailsView.js';
import type { PostDetailsOwnProps, PostDetailsProps, PostDetailsState } from './types.js';

/**
 * What will be posted, for whoever decides about it: caption, captions by platform, first comment, platforms that it doesn't fit, who presents it, format and
 * length. Texts are exact, each with a button that copies it. What the API doesn't send isn't shown; without anything it draws nothing.
 *
 * Attributes: `data-state` (`ready`, `unavailable` where the container could not be read). Parts: `data-part="item"` (with `data-item`), `"label"`, `"words"`,
 * `"link"`, `"tag"` (with `data-tag`: `hashtag`, `mention`), `"copy"`, `"problem"`, `"facts"`, `"unavailable"`.
 *
 * Variables: `--layers-text`, `--layers-text-muted`, `--layers-accent`, `--layers-border`, `--layers-bad`, and those of `PlatformFitNotice`.
 *
 * @example
 * <PostDetails containerId={id} parts={{ speaker: ({ container }) => <Avatar id={container.influencerId} /> }} />
 */
export const PostDetails = guarded(
  'PostDetails',
  { tag: 'div' },
  function PostDetails({ container, containerId, ...props }: PostDetailsProps, ref: ForwardedRef<HTMLDivElement>) {
    if (containerId) return <ConnectedDetails {...props} containerId={containerId} rootRef={ref} />;
    return <PostDetailsView {...props} container={container ?? null} rootRef={ref} />;
  },
);

interface ConnectedProps extends ElementProps<'div', PostDetailsState>, PostDetailsOwnProps {
  containerId: string;
  rootRef: ForwardedRef<HTMLDivElement>;
}

function ConnectedDetails({ containerId, ...props }: ConnectedProps) {
  const { data, error } = useReads().useContainer(containerId);
  return <PostDetailsView {...props} container={data ?? null} isUnavailable={!data && error !== null} />;
}
