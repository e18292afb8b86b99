import type { ReactNode } from 'react';
import type { ElementProps } from '../../internal/renderElement.js';
import type { Container, ContainerSummary } from '../../model/container.js';

/** What `className`, `style` and `render` functions of `PostDetails` are given. */
export interface PostDetailsState {
  /** `ready`, or `unavailable` - the container could not be read. Written as `data-state`. */
  state: 'ready' | 'unavailable';
}

/** The parts of a `PostDetails`, from top to bottom; `copy` is the button beside each text. */
export type PostDetailsPart = 'platformFit' | 'caption' | 'captions' | 'firstComment' | 'speaker' | 'format' | 'length' | 'copy';

/** What a function that draws a part of a `PostDetails` is given. */
export interface PostDetailsPartProps {
  container: Container | ContainerSummary;
  /** What would be drawn; `null` for `speaker`, which only the host knows by name. */
  children: ReactNode;
  /** The text that it shows or copies, exactly as sent; `null` where it has none. */
  text: string | null;
  /** The platforms that the text is for, as sent; `[]`: all, or nobody says. */
  platforms: readonly string[];
  /** Of `copy`: puts the text on the clipboard, and says how that came out. */
  onClick: (() => void) | undefined;
}

/** Draws parts of a `PostDetails` in place of its own. Called only where there is something to show; `null` hides the part. */
export type PostDetailsParts = { [Part in PostDetailsPart]?: ((props: PostDetailsPartProps) => ReactNode) | undefined };

/** Props of `PostDetails` that do not depend on where the data comes from. */
export interface PostDetailsOwnProps {
  /**
   * Draws parts in place of the component's own. `speaker` is a slot for whoever presents the content (`container.influencerId`): without it nothing is
   * shown, since an id says nothing to a person.
   */
  parts?: PostDetailsParts | undefined;
}

/** Props of `PostDetails`: a `container`, or the `containerId` to read it from. */
export type PostDetailsProps = ElementProps<'div', PostDetailsState> &
  PostDetailsOwnProps &
  (
    | {
        /** A container or a list row, which carries less. Needs no provider. `null` and `undefined` draw nothing. */
        container: Container | ContainerSummary | null | undefined;
        containerId?: undefined;
      }
    | {
        container?: undefined;
        /** Reads the container through the nearest `LayersProvider`; draws nothing until it has come, and says so where it can't be read. */
        containerId: string | null | undefined;
      }
  );
