/**
 * Reads a stream to its end, or until it exceeds a limit. Nothing more is read then.
 *
 * @returns the bytes; `null` if there are more than `maxBytes`
 */
export async function readUpTo(maxBytes: number, stream: ReadableStream<Uint8Array> | null): Promise<Uint8Array<ArrayBuffer> | null> {
  // One buffer, not a list of chunks: a sender chooses the chunks, and a chunk of one byte takes up a hundred.
  let buffer = new Uint8Array(0);
  let size = 0;
  const reader = stream?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const end = size + part.value.byteLength;
    if (end > maxBytes) {
      // Not awaited: cancelling one half of a cloned body settles only with the other half.
      reader?.cancel().catch(() => {});
      return null;
    }
    if (end > buffer.byteLength) {
      const larger = new Uint8Array(Math.min(maxBytes, Math.max(end, buffer.byteLength * 2)));
      larger.set(buffer.subarray(0, size));
      buffer = larger;
    }
    buffer.set(part.value, size);
    size = end;
  }
  return buffer.subarray(0, size);
}
