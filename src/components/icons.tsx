'use client';
import type { ReactNode } from 'react';
import { keepInStep } from '../internal/motion.js';

interface DrawingProps {
  /** Side in CSS pixels. */
  size: number;
  children: ReactNode;
}

/** What icons are drawn on. */
export function Drawing({ size, children }: DrawingProps) {
  return (
    <svg
      data-part="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={24 / size}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      onAnimationStart={keepInStep}
    >
      {children}
    </svg>
  );
}

/** What every icon takes. */
export interface IconProps {
  /** Side in CSS pixels. @default 14 */
  size?: number | undefined;
}

/** Waiting. */
export function ClockIcon({ size = 14 }: IconProps) {
  return (
    <Drawing size={size}>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M8 4.5V8l2.25 1.75" />
    </Drawing>
  );
}

/** At work: three quarters of a ring. */
export function ArcIcon({ size = 14 }: IconProps) {
  return (
    <Drawing size={size}>
      <path d="M8 1.75a6.25 6.25 0 1 1-6.25 6.25" />
    </Drawing>
  );
}

/** Done. */
export function CheckIcon({ size = 14 }: IconProps) {
  return (
    <Drawing size={size}>
      <path d="m2.75 8.5 3.5 3.5 7-7.75" />
    </Drawing>
  );
}

/** Refused or failed. */
export function CrossIcon({ size = 14 }: IconProps) {
  return (
    <Drawing size={size}>
      <path d="m3.5 3.5 9 9m0-9-9 9" />
    </Drawing>
  );
}

/** Stopped: a ring with a bar across. */
export function SlashIcon({ size = 14 }: IconProps) {
  return (
    <Drawing size={size}>
      <circle cx="8" cy="8" r="6.25" />
      <path d="m3.75 12.25 8.5-8.5" />
    </Drawing>
  );
}

/** Not asked for: a bar. */
export function DashIcon({ size = 14 }: IconProps) {
  return (
    <Drawing size={size}>
      <path d="M3 8h10" />
    </Drawing>
  );
}

/** Not known. */
export function QuestionIcon({ size = 14 }: IconProps) {
  return (
    <Drawing size={size}>
      <path d="M5.25 5.5a2.75 2.75 0 1 1 4.3 2.27C8.6 8.42 8 8.9 8 10" />
      <path d="M8 13.25v.01" />
    </Drawing>
  );
}

/** Something is wrong. */
export function AlertIcon({ size = 14 }: IconProps) {
  return (
    <Drawing size={size}>
      <path d="M8 2.25 14.25 13H1.75L8 2.25Z" />
      <path d="M8 6.5v2.75M8 11.25v.01" />
    </Drawing>
  );
}

/** An empty frame. */
export function FrameIcon({ size = 14 }: IconProps) {
  return (
    <Drawing size={size}>
      <rect x="3.25" y="1.75" width="9.5" height="12.5" rx="2" />
      <path d="M6.75 6v4l3-2-3-2Z" />
    </Drawing>
  );
}

/** Leads out of the page. */
export function OutIcon({ size = 14 }: IconProps) {
  return (
    <Drawing size={size}>
      <path d="M6 3.25H3.25v9.5h9.5V10M9.5 2.75h3.75V6.5M13 3 7.75 8.25" />
    </Drawing>
  );
}

/** Play. */
export function PlayIcon({ size = 14 }: IconProps) {
  return (
    <Drawing size={size}>
      <path d="M5 3.1v9.8a.5.5 0 0 0 .77.42l7.5-4.9a.5.5 0 0 0 0-.84l-7.5-4.9A.5.5 0 0 0 5 3.1Z" fill="currentColor" stroke="none" />
    </Drawing>
  );
}

/** Pause. */
export function PauseIcon({ size = 14 }: IconProps) {
  return (
    <Drawing size={size}>
      <path d="M5 3.5v9M11 3.5v9" strokeWidth="3" />
    </Drawing>
  );
}

/** Copies. */
export function CopyIcon({ size = 14 }: IconProps) {
  return (
    <Drawing size={size}>
      <rect x="5.75" y="5.75" width="8.5" height="8.5" rx="1.75" />
      <path d="M10.25 3.5v-.25a1.5 1.5 0 0 0-1.5-1.5h-5.5a1.5 1.5 0 0 0-1.5 1.5v5.5a1.5 1.5 0 0 0 1.5 1.5h.25" />
    </Drawing>
  );
}
