/** The place of one process's background request among those of the others. */
export interface Turn {
  process: string;
  /** Between two background requests of all processes together, in milliseconds. */
  spacingMs: number;
  /** How long it counts as having waited, in milliseconds; less than it has where others are to go first, also below 0. */
  waitedMs: number;
}

/**
 * What the server processes of one API key share: the budget, responses, who reads, and messages. In memory by default ({@link createMemoryStore}); Redis
 * with `createRedisStore`. It holds no API key. Every method rejects where the store can't be reached: each process then goes on alone with its share of the
 * budget, until it can.
 */
export interface LayersStore {
  /** Whether other processes can be using it, too. `false`: nothing has to be asked of it. */
  readonly isShared: boolean;
  /**
   * Takes one request out of a budget, counted in any sliding `windowMs` over all processes.
   *
   * @param spent how many milliseconds ago the requests were sent that this process knows of: oldest first; counted where the store knows of fewer, as after a restart
   * @param turn for background requests: they are spaced evenly, and the process that has waited longest is first. Default: as soon as the window has room
   * @returns 0: it can be sent now, and is counted. Above 0: after how many milliseconds to ask again; nothing is counted
   */
  take(budget: string, limit: number, windowMs: number, spent?: readonly number[], turn?: Turn): Promise<number>;
  /** Counts requests that were sent without {@link take}, while this process couldn't reach the store. @param ages how many milliseconds ago each was sent */
  count(budget: string, windowMs: number, ages: readonly number[]): Promise<void>;
  /** How many milliseconds ago the requests of a budget were granted, over all processes, oldest first: what a process that begins has to know. */
  spent(budget: string, windowMs: number): Promise<number[]>;
  /** Nothing is granted by {@link take} from now on for so many milliseconds: the API asked for it. Never shortens an earlier pause. */
  pause(budget: string, ms: number): Promise<void>;
  /** @returns the value, and for how many milliseconds it will still be there; `null` where nothing was set, or its time is over */
  get(key: string): Promise<{ value: string; leftMs: number } | null>;
  set(key: string, value: string, ms: number): Promise<void>;
  /** Sets a key that isn't there, for so many milliseconds. @returns `false`: it is there already */
  claim(key: string, ms: number): Promise<boolean>;
  /** Removes what {@link set} or {@link claim} set. */
  remove(key: string): Promise<void>;
  /** Takes the lease `name`, or keeps it, for so many milliseconds from now. @returns `false`: another holder has it */
  lease(name: string, holder: string, ms: number): Promise<boolean>;
  /** Ends a lease that `holder` has, so that another process can take it at once. */
  endLease(name: string, holder: string): Promise<void>;
  /** Says that this process is alive, for so many milliseconds. @returns how many are, this one included */
  present(process: string, ms: number): Promise<number>;
  /** Sends a message to all processes that listen, this one included. Nobody keeps it: who doesn't listen misses it. */
  publish(message: string): Promise<void>;
  /** @returns a function that ends it */
  subscribe(listener: (message: string) => void): Promise<() => Promise<void>>;
  /** Lets go of connections that the store opened itself. */
  close(): Promise<void>;
}
