/** The `X-Layers-Signature` header of a body: HMAC-SHA256 over `t.body`, one `v1` for each secret [operational/webhooks]. */
export async function signatureHeader(secrets: readonly string[], seconds: number, body: string): Promise<string> {
  const encoder = new TextEncoder();
  const values = secrets.map(async (secret) => {
    const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    const hmac = await crypto.subtle.sign('HMAC', key, encoder.encode(`${seconds}.${body}`));
    return `v1=${Array.from(new Uint8Array(hmac), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  });
  return [`t=${seconds}`, ...(await Promise.all(values))].join(',');
}
