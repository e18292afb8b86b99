import { createHmac } from 'node:crypto';

export const secret = 'whsec_test_secret';

/** When the webhooks of these tests are signed, in seconds since 1970. */
export const signedAt = 1_766_000_000;

/** Signs with Node's own crypto, so that nothing under test checks itself. */
export function sign(body: string | Uint8Array, { at = signedAt, secrets = [secret] }: { at?: number | string; secrets?: string[] } = {}) {
  const hmacs = secrets.map((each) => createHmac('sha256', each).update(`${at}.`).update(body).digest('hex'));
  return `t=${at},${hmacs.map((hmac) => `v1=${hmac}`).join(',')}`;
}

export const ping = '{"id":"evt_01HX9Y7K8M2P4RSTUVWXYZ56AB","type":"test.ping","data":{}}';
