import type { Position } from './store.js';
import { readWireTime, wireTimeExact } from './time.js';

/**
 * Writes where a page ended. The documented example is base64 of `createdAt` and `id`; this one holds what the order of the list is
 * made of, so rows put in on top, or taken out, shift nothing.
 */
export function writeCursor(position: Position): string {
  return btoa(JSON.stringify({ createdAt: wireTimeExact(position.createdAt), seq: position.seq })).replace(/=+$/, '');
}

/** Reads one back; `null` for anything this simulator did not write. */
export function readCursor(text: string): Position | null {
  let value: unknown;
  try {
    value = JSON.parse(atob(text));
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('createdAt' in value) || !('seq' in value)) return null;
  const createdAt = typeof value.createdAt === 'string' ? readWireTime(value.createdAt) : null;
  return createdAt === null || typeof value.seq !== 'number' ? null : { createdAt, seq: value.seq };
}
