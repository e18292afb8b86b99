import { importNode } from '../node.js';

const types: Record<string, string> = {
  mp4: 'video/mp4',
  m4s: 'video/iso.segment',
  m3u8: 'application/vnd.apple.mpegurl',
  ts: 'video/mp2t',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
};

const cache = new Map<string, Promise<Uint8Array<ArrayBuffer> | null>>();

/** The content type of a file by its extension; `null` for a kind that is not served. */
export function mediaType(name: string): string | null {
  return types[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? null;
}

/** Whether there is a file system to read from. */
export function canReadFiles(): boolean {
  return typeof process !== 'undefined' && typeof process.versions?.node === 'string';
}

/** The bytes of a media file; `null` when there is no such file, or a name that leads out of the folder. Node only. */
export function readMedia(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
  let bytes = cache.get(name);
  if (!bytes) {
    bytes = load(name);
    cache.set(name, bytes);
  }
  return bytes;
}

async function load(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!/^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/.test(name) || mediaType(name) === null) return null;
  // Named apart from `new URL`, which bundlers would take for an asset to copy or inline.
  const here = import.meta.url;
  const { readFile } = await importNode('fs/promises');
  try {
    return new Uint8Array(await readFile(new URL(`files/${name}`, here)));
  } catch {
    return null;
  }
}
