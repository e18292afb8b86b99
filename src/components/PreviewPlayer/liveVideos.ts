/** How much somebody wants a video: to see its first frame, a glimpse on hover, what plays by itself, what a person started. */
export type Wish = 0 | 1 | 2 | 3;

interface Seat {
  wish: Wish;
  /** What it is wanted for, its first frame, is drawn without it: another may have the seat. */
  isSpare?: boolean;
  /** Has to be free again when this returns or in the same commit. */
  leave: () => void;
}

let limit = 6;
/** The one that came first stands first. */
const seats: Seat[] = [];
const waiting = new Set<() => void>();

/**
 * How many `<video>` elements the players of a page keep at the same time; the others show their posters. Browsers refuse new ones after some hundreds,
 * phones run out of memory long before.
 *
 * @param count at least 1; 6 unless this is called
 */
export function limitLiveVideos(count: number): void {
  limit = Math.max(1, Math.floor(count) || 1);
  for (const seat of seats.slice(0, Math.max(0, seats.length - limit))) {
    leaveSeat(seat);
    seat.leave();
  }
  callWaiting();
}

/** Takes a seat, from somebody who wants theirs less where all are taken; a person's newest wish takes that of their oldest. */
export function takeSeat(seat: Seat): boolean {
  if (seats.length >= limit) {
    const weakest = seats.reduce((least, other) => (weightOf(other) < weightOf(least) ? other : least));
    const isGiven = weakest.isSpare === true && !seat.isSpare;
    if (!isGiven && (weakest.wish > seat.wish || (weakest.wish === seat.wish && seat.wish < 3))) return false;
    seats.splice(seats.indexOf(weakest), 1);
    weakest.leave();
  }
  seats.push(seat);
  return true;
}

const weightOf = ({ wish, isSpare }: Seat) => wish - (isSpare ? 0.5 : 0);

/** Notes whether another may have a seat. */
export function spareSeat(seat: Seat, isSpare: boolean): void {
  seat.isSpare = isSpare;
  if (isSpare) callWaiting();
}

/** Gives a seat back. */
export function leaveSeat(seat: Seat): void {
  const index = seats.indexOf(seat);
  if (index < 0) return;
  seats.splice(index, 1);
  callWaiting();
}

/** Calls once when a seat may be free. Returns what stops it. */
export function waitForSeat(call: () => void): () => void {
  waiting.add(call);
  return () => waiting.delete(call);
}

function callWaiting(): void {
  for (const call of waiting) {
    if (seats.length >= limit && !seats.some(({ isSpare }) => isSpare)) return;
    waiting.delete(call);
    call();
  }
}

const playing = new Set<HTMLVideoElement>();

/** Notes that a video plays, and pauses the others that are to play one at a time. */
export function playAlone(video: HTMLVideoElement): void {
  for (const other of playing) if (other !== video) other.pause();
  playing.add(video);
}

/** Notes that a video stands still. */
export function standStill(video: HTMLVideoElement): void {
  playing.delete(video);
}
