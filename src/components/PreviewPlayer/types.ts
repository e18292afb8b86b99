import type { ReactEventHandler, ReactNode, Ref } from 'react';
import type { ElementProps } from '../../internal/renderElement.js';
import type { Preview } from '../../model/preview.js';
import type { PreviewPlayerError } from './mediaSettings.js';
import type { MediaPhase } from './useMediaPhase.js';
import type { Refresh } from './useRenewal.js';

/** What `className`, `style` and `render` functions of `PreviewPlayer` are given. */
export interface PreviewPlayerState {
  /** Written as `data-kind`; `none` where there is no preview. */
  kind: Preview['kind'] | 'none';
  /** Written as `data-state`; `empty` where there is nothing to show. */
  state: MediaPhase | 'empty';
  /** Written as `data-ratio`, in colon form. */
  ratio: string;
  /** Written as `data-fit`. */
  fit: 'contain' | 'cover';
}

/** Props of `PreviewPlayer` that do not depend on where the data comes from. */
interface PreviewPlayerOwnProps {
  /** Text alternative of the media; slides add which they are. @default the container's name with `containerId`, else the catalogue's word for the kind of media */
  alt?: string | undefined;
  /**
   * What a playing video is moved by: the browser's own controls (`native`, `true`), one line made for vertical clips with keys for all of it
   * (`minimal`), or one button that plays and pauses (`none`, `false`). @default 'native'
   */
  controls?: 'native' | 'minimal' | 'none' | boolean | undefined;
  /** Starts a video as soon as it is on the screen, without its sound; where the browser refuses even that, the play button stays. @default false */
  autoPlay?: boolean | undefined;
  /** @default false */
  loop?: boolean | undefined;
  /** Begins without its sound. @default false */
  muted?: boolean | undefined;
  /** What is loaded of a video on the screen before somebody asks for it. @default 'none' behind a poster; without one 'metadata', for the first frame */
  preload?: 'none' | 'metadata' | 'auto' | undefined;
  /** Pauses the page's other players when it plays, and is paused by them. @default true */
  exclusive?: boolean | undefined;
  /** Plays a video without its sound while a mouse is over it or the focus in it; not where data or motion are to be saved. @default false */
  playOnHover?: boolean | undefined;
  /** Offers an image large. @default true */
  zoom?: boolean | undefined;
  /** Lets slides go by themselves, every so many milliseconds; `true`: 5,000. @default false */
  autoRotate?: boolean | number | undefined;
  /** The frame's ratio, `4:5` or `4/5`. @default the preview's own, else `9:16` */
  aspectRatio?: string | undefined;
  /** How media fills a frame of another ratio: whole, or cut at the edges. @default 'contain' */
  fit?: 'contain' | 'cover' | undefined;
  /** The `referrerpolicy` of images and posters; browsers have none for videos, and links send no referrer. @default the page's policy */
  referrerPolicy?: ReferrerPolicy | undefined;
  /** How media of other origins is asked for; only with an answer that allows it can a canvas read it. @default without CORS */
  crossOrigin?: 'anonymous' | 'use-credentials' | undefined;
  /** Why a container failed that has some media all the same: told over the media. `null`: it did not. */
  problem?: { message: string } | null | undefined;
  /** The `<video>`, while there is one. */
  videoRef?: Ref<HTMLVideoElement> | undefined;
  /** A video begins to play, or goes on. */
  onPlay?: ReactEventHandler<HTMLVideoElement> | undefined;
  /** A video has come to its end. */
  onEnded?: ReactEventHandler<HTMLVideoElement> | undefined;
  /** Media cannot be shown, and new addresses did not help. */
  onError?: ((error: PreviewPlayerError) => void) | undefined;
  /** Shown in the frame while there is no preview. @default a sign that there is none yet */
  children?: ReactNode;
}

/** Props of `PreviewPlayer` that do not depend on where the preview comes from. */
export type PreviewPlayerRootProps = Omit<ElementProps<'div', PreviewPlayerState>, keyof PreviewPlayerOwnProps> & PreviewPlayerOwnProps;

/** Props of `PreviewPlayer`: a `preview`, or the `containerId` to read it from. */
export type PreviewPlayerProps = PreviewPlayerRootProps &
  (
    | {
        /** What to show; `null`: no media yet, so the frame holds its place. Needs no provider. */
        preview?: Preview | null | undefined;
        /**
         * Reads the container again when media fails: automatically at most once a minute, and on each "Try again". Return the new preview, or
         * pass it by `preview`. The player goes on where it was. @default none: an address that has run out is an error
         */
        onRefresh?: Refresh | undefined;
        /**
         * When the addresses of the preview expire (ISO 8601): `onRefresh` is called 30 s before, once, while the media is on the screen or plays. What is
         * playing goes on. `null`: not known. @default null
         */
        expiresAt?: string | null | undefined;
        containerId?: undefined;
      }
    | {
        preview?: undefined;
        onRefresh?: undefined;
        expiresAt?: undefined;
        /** Reads the container through the nearest `LayersProvider`; `null` and `undefined` read nothing. */
        containerId: string | null | undefined;
      }
  );
