'use client';
import { Drawing, type IconProps } from '../icons.js';

// Apart from the other icons, so that only who fetches a part of the player carries them.

/** Towards the end of the line; the stylesheet turns it for the other way and for right-to-left. */
export function ChevronIcon({ size = 14 }: IconProps) {
  return (
    <Drawing size={size}>
      <path d="m6 3 5 5-5 5" />
    </Drawing>
  );
}

/** Sound; crossed out where it is off. */
export function SoundIcon({ size = 14, isOff }: IconProps & { isOff: boolean }) {
  return (
    <Drawing size={size}>
      <path d="M2.5 6v4h2.25L8 12.75v-9.5L4.75 6H2.5Z" fill="currentColor" />
      <path d={isOff ? 'm10.75 6.25 3.5 3.5m0-3.5-3.5 3.5' : 'M10.5 5.75a3.5 3.5 0 0 1 0 4.5m1.75-6.5a6.25 6.25 0 0 1 0 8.5'} />
    </Drawing>
  );
}

/** Fills the screen. */
export function FullscreenIcon({ size = 14 }: IconProps) {
  return (
    <Drawing size={size}>
      <path d="M2.5 6V2.5H6m4 0h3.5V6m0 4v3.5H10m-4 0H2.5V10" />
    </Drawing>
  );
}

/** Shows it larger. */
export function ZoomIcon({ size = 14 }: IconProps) {
  return (
    <Drawing size={size}>
      <circle cx="7" cy="7" r="4.75" />
      <path d="m10.5 10.5 3.25 3.25M5 7h4M7 5v4" />
    </Drawing>
  );
}
