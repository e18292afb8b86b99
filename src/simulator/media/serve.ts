import { jsonAnswer, problemAnswer, type WireAnswer } from '../answers.js';
import { notFound, Problem } from '../problem.js';
import { canReadFiles, mediaType, readMedia } from './files.js';
import { readRange } from './range.js';

const cors = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'Range, If-None-Match',
  'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
  'Access-Control-Expose-Headers': 'Content-Length, Content-Range, Accept-Ranges, ETag',
};

/**
 * Answers a request for a media file: whole, in part (206), unchanged (304), or not at all. Unlike the API it allows every origin,
 * so that canvas and hls.js can read it.
 * @param name the file's name as it stands in the URL, after `/media/`
 */
export async function serveMedia(method: string, name: string, headers: Headers, requestId: string): Promise<WireAnswer> {
  if (method === 'OPTIONS') return { status: 204, headers: { ...cors, 'Access-Control-Max-Age': '86400' }, body: null };
  const base = { ...cors, 'X-Request-Id': requestId };
  if (method !== 'GET' && method !== 'HEAD') {
    return problemAnswer(
      new Problem(405, 'METHOD_NOT_ALLOWED', 'Method not allowed.', null, { Allow: 'GET, HEAD, OPTIONS' }),
      requestId,
      base,
    );
  }
  if (!canReadFiles()) {
    const advice = 'Media files cannot be read here. Set `mediaBaseUrl` to where the files of layers-react/testing are served.';
    return problemAnswer(new Problem(404, 'NOT_FOUND', advice), requestId, base);
  }
  const bytes = await readMedia(decodeName(name));
  if (!bytes) return problemAnswer(notFound('Media'), requestId, base);
  const etag = `"${checksum(bytes)}"`;
  const known = { ...base, ETag: etag, 'Cache-Control': 'public, max-age=31536000, immutable', 'Accept-Ranges': 'bytes' };
  if (headers.get('if-none-match') === etag) return jsonAnswer(304, null, known);
  const typed = { ...known, 'Content-Type': mediaType(name) ?? 'application/octet-stream' };
  const range = readRange(headers.get('range'), bytes.length);
  if (range === 'unsatisfiable') return { status: 416, headers: { ...typed, 'Content-Range': `bytes */${bytes.length}` }, body: null };
  const part = range ? bytes.slice(range.start, range.end + 1) : bytes;
  const sized: Record<string, string> = { ...typed, 'Content-Length': String(part.length) };
  if (range) sized['Content-Range'] = `bytes ${range.start}-${range.end}/${bytes.length}`;
  return { status: range ? 206 : 200, headers: sized, body: method === 'HEAD' ? null : part };
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return '';
  }
}

function checksum(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return `${bytes.length.toString(16)}-${(hash >>> 0).toString(16)}`;
}
