'use client';
import { type ComponentPropsWithoutRef, type ForwardedRef, forwardRef } from 'react';
import type { Preview } from '../../model/preview.js';
import type { MediaSettings } from './mediaSettings.js';
import type { MediaLife } from './useMediaPhase.js';

/** Ratios that the stylesheet knows. */
const NAMED = /^(9:16|16:9|1:1|4:5|5:4|3:4|4:3|2:3|3:2)$/;

/** What every kind of media is given. */
export interface MediaProps<Kind extends Preview> {
  preview: Kind;
  life: MediaLife;
  settings: MediaSettings;
  /** Colon form. */
  ratio: string;
}

interface FrameProps extends ComponentPropsWithoutRef<'div'> {
  ratio: string;
}

/** The frame that holds its place before, while and after there is anything in it. */
export const Frame = forwardRef(function Frame({ ratio, children, ...props }: FrameProps, ref: ForwardedRef<HTMLDivElement>) {
  return (
    <div {...props} ref={ref} data-part="frame">
      {/* Any other ratio is held by an empty drawing: a style attribute in server HTML would need `unsafe-inline`. */}
      {!NAMED.test(ratio) && <svg data-part="sizer" viewBox={`0 0 ${ratio.replace(':', ' ')}`} aria-hidden="true" focusable="false" />}
      {children}
    </div>
  );
});
