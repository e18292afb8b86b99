const seconds = [30, 60, 300, 900, 3600, 21_600, 86_400];

/**
 * Milliseconds from an attempt to the next one; `null` if it was accepted or is given up. The old edition makes 8 attempts over about 32 h,
 * whatever the status [operational/webhooks]. The current one makes 5 and doesn't retry a 4xx except 429 [/docs/integrations/webhooks]; its delays
 * aren't documented, so those of the old one are used.
 * @param status 0: no answer
 */
export function retryDelayMs(edition: 'current' | 'legacy', attempt: number, status: number): number | null {
  if (status >= 200 && status < 300) return null;
  const isFinal = edition === 'current' && (attempt >= 5 || (status >= 400 && status < 500 && status !== 429));
  const delay = seconds[attempt - 1];
  return isFinal || delay === undefined ? null : delay * 1000;
}
