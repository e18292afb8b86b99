'use client';
import { type RefObject, useRef } from 'react';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import { lifeOf } from './barTime.js';
import { type FillMotion, moveFill } from './fillMotion.js';

/**
 * Moves a fill by three variables that the stylesheet's transition reads: no script and no render between two readings.
 * They are set through the style object, because a strict Content Security Policy refuses a `style` attribute in server HTML.
 */
export function useFillMotion(fill: RefObject<HTMLElement | null>, progress: ContainerProgress | null): void {
  const motion = useRef<FillMotion | null>(null);
  const isCompleted = progress?.status === 'completed';
  const percent = isCompleted ? 100 : (progress?.percent ?? null);
  const percentPerSecond = progress?.percentPerSecond ?? null;
  const isTerminal = progress?.isTerminal ?? false;
  const life = progress ? lifeOf(progress) : '';
  const observedAt = progress?.observedAt;

  useIsomorphicLayoutEffect(() => {
    const style = fill.current?.style;
    if (!style) return;
    if (percent === null || !Number.isFinite(percent)) {
      motion.current = null;
      style.removeProperty('--_share');
      return;
    }
    const next = moveFill(motion.current, { life, percent, percentPerSecond, isCompleted, isTerminal }, performance.now());
    // A transition starts from what was drawn. Where the first place never was, because two readings came in one frame, the fill would jump to the end of
    // its way, and the next reading would draw it back.
    if (motion.current?.seconds === 0 && next.seconds > 0) fill.current?.getBoundingClientRect();
    motion.current = next;
    style.setProperty('--_share', String(Math.max(next.from, next.least)));
    style.setProperty('--_reach', String(next.to));
    style.setProperty('--_reach-time', `${next.seconds}s`);
  }, [fill, life, percent, percentPerSecond, isCompleted, isTerminal, observedAt]);
}
