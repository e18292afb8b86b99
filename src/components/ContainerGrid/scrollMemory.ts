/** Where somebody was in a list: by what stood there, so that it is found again at another width and after rows came. */
export interface ScrollPlace {
  /** The first container on the screen. */
  containerId: string;
  /** How many pixels of its row were scrolled out of view. */
  offset: number;
  /** The container that had the focus of the grid. */
  activeId: string | null;
}

/** How many lists are remembered. */
const KEPT = 50;

const places = new Map<string, ScrollPlace>();

/** Remembers a place for as long as the page lives. */
export function rememberPlace(key: string, place: ScrollPlace): void {
  places.delete(key);
  places.set(key, place);
  if (places.size > KEPT) places.delete(places.keys().next().value as string);
}

export function forgetPlace(key: string): void {
  places.delete(key);
}

export const recallPlace = (key: string): ScrollPlace | undefined => places.get(key);
