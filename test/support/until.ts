import { vi } from 'vitest';

/** Waits until a check passes, and as long as a slow machine may need. Under time that stands still, every look moves it on by 50 ms. */
export const until = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 15_000, interval: 50 });
