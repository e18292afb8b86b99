import { Refusal } from '../refusal.js';

/** So many viewers wait at once for what nobody has read yet: with six connections each, a hundred of them. */
const MOST = 500;
/** When those beyond are to come back, in seconds: at different times, or they would all wait again. */
const AGAIN = { least: 5, most: 15 } as const;

/**
 * The viewers who wait for a first response. Thousands who open their pages together can't all wait: the budget answers few of them in that time, and asking
 * again and again would leave the server no time for those it can answer. Beyond a number they are sent away at once, with all their reads.
 */
export class Waiting {
  #count = 0;

  /** Waits for something. @throws Refusal 503 if too many are waiting already */
  async join<Result>(wait: () => Promise<Result>): Promise<Result> {
    if (this.#count >= MOST) throw tooMany();
    this.#count += 1;
    try {
      return await wait();
    } finally {
      this.#count -= 1;
    }
  }
}

function tooMany(): Refusal {
  const seconds = AGAIN.least + Math.floor(Math.random() * (AGAIN.most - AGAIN.least + 1));
  return new Refusal(503, 'SERVER_BUSY', 'Very many people are opening this at once. It will be loaded in a moment.', {
    headers: { 'retry-after': String(seconds) },
  });
}
