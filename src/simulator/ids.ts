import type { Random } from './random.js';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A version 4 uuid. */
export function uuid(random: Random): string {
  let hex = '';
  for (let word = 0; word < 4; word += 1) {
    hex += Math.floor(random() * 4294967296)
      .toString(16)
      .padStart(8, '0');
  }
  const variant = '89ab'[Math.floor(random() * 4)];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A ULID: ten letters of time (milliseconds since 1970), sixteen drawn. */
export function ulid(time: number, random: Random): string {
  let head = '';
  let rest = Math.max(0, Math.floor(time));
  for (let index = 0; index < 10; index += 1) {
    head = crockford.charAt(rest % 32) + head;
    rest = Math.floor(rest / 32);
  }
  let tail = '';
  for (let index = 0; index < 16; index += 1) tail += crockford.charAt(Math.floor(random() * 32));
  return head + tail;
}

/** An id without its `cnt_`, `prj_` or `proj_`: both spellings name one thing [reference/content/get-container]. */
export function bareId(id: string): string {
  return id.replace(/^(?:cnt|prj|proj)_/, '');
}
