const seconds = [30, 60, 300, 900, 3600, 21_600, 86_400];

/**
 * How long after an attempt the next one is made, in milliseconds; `null`: it was taken, or is given up. The old edition makes 8 attempts over about 32 h,
 * whatever is answered [operational/webhooks]. The current one makes 5 and takes a 4xx for final, save 429 [/docs/integrations/webhooks]; it doesn't say how
 * far apart, so they are as far as those of the old.
 * @param status 0: no answer
 */
export function retryDelayMs(edition: 'current' | 'legacy', attempt: number, status: number): number | null {
  if (status >= 200 && status < 300) return null;
  const isFinal = edition === 'current' && (attempt >= 5 || (status >= 400 && status < 500 && status !== 429));
  const delay = seconds[attempt - 1];
  return isFinal || delay === undefined ? null : delay * 1000;
}
