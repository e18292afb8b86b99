'use client';
import type { ComponentType } from 'react';
import type { ContainerStatus } from '../model/status.js';
import { ArcIcon, ClockIcon, CrossIcon, FrameIcon, type IconProps, QuestionIcon, SlashIcon } from './icons.js';

const marks: Partial<Record<ContainerStatus, ComponentType<IconProps>>> = {
  queued: ClockIcon,
  processing: ArcIcon,
  failed: CrossIcon,
  canceled: SlashIcon,
  unknown: QuestionIcon,
};

/** What stands where there is no media, in a sign. */
export function StatusIcon({ status, size }: { status: ContainerStatus; size: number }) {
  const Icon = marks[status] ?? FrameIcon;
  return <Icon size={size} />;
}
