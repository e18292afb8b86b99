'use client';
import { type ForwardedRef } from 'react';
import { containerKey } from '../../model/ids.js';
import { ConnectedContainerScreen } from './ConnectedContainerScreen.js';
import { ContainerScreenView } from './ContainerScreenView.js';
import type { ContainerScreenProps } from './types.js';
import { guarded } from '../guarded.js';

/**
 * One container for the person it is made for, from the first second to the last: how far it is, then the media, then approve or reject, then done; or
 * what went wrong and what can be done about it. Nothing moves when the media arrive.
 *
 * Attributes: `data-state` (`loading`, `unavailable`, `queued`, `making`, `review`, `ready`, `approved`, `rejected`, `failed`, `canceled`),
 * `data-revealed`. Parts: `data-part="layout"`, `"heading"`, `"progress"`, `"sentence"`, `"actions"`, `"again"`, `"notify"`.
 *
 * Variables: `--layers-screen-width` (26rem; from 40rem on the words stand beside the media), `--layers-screen-media` (20rem, the width of the
 * media there), and those of the parts it is made of.
 *
 * @example
 * <ContainerScreen containerId={id} onMakeAgain={() => navigate('/new')} />
 */
export const ContainerScreen = guarded(
  'ContainerScreen',
  { tag: 'div' },
  function ContainerScreen(props: ContainerScreenProps, ref: ForwardedRef<HTMLDivElement>) {
    if (props.container !== undefined) {
      const { containerId: _, ...plain } = props;
      return <ContainerScreenView {...plain} rootRef={ref} />;
    }
    const { container: _, ...connected } = props;
    const { containerId } = connected;
    return <ConnectedContainerScreen {...connected} key={containerId && containerKey(containerId)} rootRef={ref} />;
  },
);
