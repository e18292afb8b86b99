'use client';
import { type RefObject, useRef } from 'react';
import { prefersLessMotion } from '../../internal/motion.js';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import { progressAt } from '../../progress/progressAt.js';
import { lifeOf } from './barTime.js';
import { AHEAD_SECONDS, type FillMotion, moveFill } from './fillMotion.js';

/**
 * Moves a fill by three variables that the stylesheet's transition reads: no script and no render between two readings.
 * They are set through the style object, because a strict Content Security Policy refuses a `style` attribute in server HTML.
 */
export function useFillMotion(fill: RefObject<HTMLElement | null>, progress: ContainerProgress | null): void {
  const motion = useRef<FillMotion | null>(null);
  const isCompleted = progress?.status === 'completed';
  const percent = isCompleted ? 100 : (progress?.percent ?? null);
  const ahead = progress === null || progress.percentPerSecond === null ? null : aheadOf(progress);
  // What waits to start has a fill of its own, and goes on from where it was.
  const isStill = progress?.isTerminal === true || progress?.status === 'queued';
  const life = progress ? lifeOf(progress) : '';
  const observedAt = progress?.observedAt;

  useIsomorphicLayoutEffect(() => {
    const element = fill.current;
    if (!element) return;
    const { style } = element;
    if (percent === null || !Number.isFinite(percent)) {
      motion.current = null;
      style.removeProperty('--_share');
      return;
    }
    const now = performance.now();
    const before = drawn(element, motion.current, now);
    const next = moveFill(before, { life, percent, ahead, isCompleted, isStill }, now);
    const draw = (to: number, seconds: number) => {
      style.setProperty('--_reach', String(to));
      style.setProperty('--_reach-time', `${seconds}s`);
    };
    // A transition starts from what the style was before, so the place where a movement begins has to have been one. Two readings can also come in one frame.
    const isPlaced = before?.life === life && before.seconds > 0;
    if (next.seconds > 0 && !isPlaced) {
      draw(next.from, 0);
      void getComputedStyle(element).opacity;
    }
    motion.current = next;
    style.setProperty('--_share', String(Math.max(next.from, next.least)));
    draw(next.to, next.seconds);
  }, [fill, life, percent, ahead, isCompleted, isStill, observedAt]);
}

/** A movement as it is drawn: in a panel that was hidden meanwhile the browser has no transition, and the fill stands at the end of its way at once. */
function drawn(element: Element, motion: FillMotion | null, now: number): FillMotion | null {
  if (motion === null || motion.to <= motion.from || now >= motion.startedAt + motion.seconds * 1000) return motion;
  const isAtItsEnd = prefersLessMotion()?.matches !== true && element.getAnimations?.().length === 0;
  return isAtItsEnd ? { ...motion, from: motion.to, seconds: 0 } : motion;
}

function aheadOf(progress: ContainerProgress): number | null {
  const { percent } = progressAt(progress, progress.observedAt + AHEAD_SECONDS * 1000);
  return percent !== null && Number.isFinite(percent) ? percent : null;
}
