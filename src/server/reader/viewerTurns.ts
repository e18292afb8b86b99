/** How many reads of one viewer can wait for the budget at once: a page of a thousand containers leaves room for the others. */
const AT_ONCE = 4;

interface Line {
  running: number;
  waiting: (() => void)[];
}

/** Lets each viewer have a few reads wait at once; its further ones wait here, so that nobody's many delay somebody's one. */
export class ViewerTurns {
  readonly #lines = new Map<string, Line>();

  /** Resolves when it is the turn of this viewer's read, with a function that ends the turn. Rejects with the signal's reason. */
  async take(viewer: string, signal: AbortSignal): Promise<() => void> {
    const line = this.#lines.get(viewer) ?? { running: 0, waiting: [] };
    this.#lines.set(viewer, line);
    if (line.running < AT_ONCE) line.running += 1;
    else await this.#wait(line, signal);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const next = line.waiting.shift();
      if (next) return next();
      line.running -= 1;
      if (line.running === 0) this.#lines.delete(viewer);
    };
  }

  /** How many reads wait for their turn. */
  get length(): number {
    return [...this.#lines.values()].reduce((sum, { waiting }) => sum + waiting.length, 0);
  }

  #wait(line: Line, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        line.waiting = line.waiting.filter((other) => other !== go);
        reject(signal.reason);
      };
      const go = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
      line.waiting.push(go);
    });
  }
}
