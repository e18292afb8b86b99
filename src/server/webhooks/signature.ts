/** An `X-Layers-Signature` header, `t=<seconds>,v1=<hex>`, with one `v1` for each active secret. */
export interface SignatureHeader {
  /** Seconds since 1970, as sent: the signature covers this text. */
  timestamp: string;
  /** HMAC-SHA256 values, 32 bytes each. */
  signatures: readonly Uint8Array<ArrayBuffer>[];
}

const TIMESTAMP = /^\d{1,15}$/;
const HMAC_HEX = /^[\da-f]{64}$/i;
// Two secrets are active during a rotation. The bound limits what an unauthenticated request can make this server compute.
const MAX_SIGNATURES = 5;

/** Parses the header; `null` if it isn't in the documented form. Schemes other than `v1` are ignored, as new ones may be added. */
export function parseSignatureHeader(header: string): SignatureHeader | null {
  const parts = header.split(',', MAX_SIGNATURES * 4).map((part) => {
    const [name = '', ...value] = part.split('=');
    return { name: name.trim(), value: value.join('=').trim() };
  });
  const valuesOf = (wanted: string) => parts.flatMap(({ name, value }) => (name === wanted ? [value] : []));
  const [timestamp = '', ...others] = valuesOf('t');
  const signatures = valuesOf('v1').filter((value) => HMAC_HEX.test(value));
  const isUsable = TIMESTAMP.test(timestamp) && others.length === 0 && signatures.length > 0 && signatures.length <= MAX_SIGNATURES;
  return isUsable ? { timestamp, signatures: signatures.map(bytesOfHex) } : null;
}

/** Whether any of the signatures was made with this secret, over `timestamp.body`. Web Crypto compares in constant time. */
export async function isSignedWith(
  secret: string,
  { timestamp, signatures }: SignatureHeader,
  body: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  const prefix = encoder.encode(`${timestamp}.`);
  const signed = new Uint8Array(prefix.length + body.length);
  signed.set(prefix);
  signed.set(body, prefix.length);
  const matches = await Promise.all(signatures.map((signature) => crypto.subtle.verify('HMAC', key, signature, signed)));
  return matches.includes(true);
}

function bytesOfHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16));
}
