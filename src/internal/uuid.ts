import { attempt } from './attempt.js';

/** A random UUID, version 4. `crypto.randomUUID` exists in secure contexts only, and a phone on a development server's address is none. */
export function uuid(): string {
  return attempt(() => crypto.randomUUID()) ?? uuidFrom(attempt(() => crypto.getRandomValues(new Uint8Array(16))) ?? guessable());
}

/** Where a browser has no `crypto` at all: nothing that is named in a browser has to be a secret. */
const guessable = () => Uint8Array.from({ length: 16 }, () => Math.floor(Math.random() * 256));

/** The first 16 bytes in the form of a UUID, version 4: some validators know no other. */
export function uuidFrom(from: Uint8Array): string {
  const bytes = from.slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
