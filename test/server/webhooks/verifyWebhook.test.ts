import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLayersError } from '../../../src/core.js';
import { type VerifyWebhookOptions, verifyWebhook, type WebhookHeaders } from '../../../src/server.js';
import { ping, secret, sign, signedAt } from './support.js';

const at = (seconds: number) => () => seconds * 1000;

function verify(body: Uint8Array | ArrayBuffer | string, header: string | WebhookHeaders, options: Partial<VerifyWebhookOptions> = {}) {
  const headers = typeof header === 'string' ? { 'x-layers-signature': header } : header;
  return verifyWebhook(body, headers, { secret, now: at(signedAt), ...options });
}

/** The error of a webhook that has to be refused. */
async function refusal(promise: Promise<unknown>) {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!isLayersError(error)) throw new Error(`not refused with a LayersError: ${String(error)}`);
  expect(error.message).not.toContain(secret);
  return error;
}

const codeOf = async (promise: Promise<unknown>) => {
  const { code, status } = await refusal(promise);
  return [code, status];
};

describe('a webhook that Layers signed', () => {
  // Computed by Python's hmac and OpenSSL.
  test.each([
    ['test.ping', ping, secret, '919dc7bb8ac5bab929b79794dce2aa487a001d68d0dab454c7fee333f369f7c3'],
    [
      'content.rejected',
      '{"id":"evt_1","type":"content.rejected","data":{"id":"cnt_1","reason":"Größe 🧠"}}',
      'whsec_old_secret',
      '4194ffc99878890f15ecf30e458f96c747f6c8d8facb30e3ed321dc00a7679b0',
    ],
  ])('is believed: %s', async (rawType, body, key, hmac) => {
    const header = `t=${signedAt},v1=${hmac}`;
    for (const form of [body, new TextEncoder().encode(body), Buffer.from(body), new TextEncoder().encode(body).buffer])
      expect((await verify(form, header, { secret: key })).rawType).toBe(rawType);
  });

  test('is verified as bytes: one that is no text is signed, and only then found to be no event', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const header = `t=${signedAt},v1=e6b7b1aa8c02907e86f6c44d56ff32c8b6e665621b9550c0c8464322c4573427`;
    expect(await codeOf(verify(bytes, header))).toEqual(['INVALID_RESPONSE', 400]);
    expect(await codeOf(verify('', `t=${signedAt},v1=26c298f0af9b9b6ead5cfe9a84d6f22801f0d9b8d9db9ffc85a00d7f60d9e23f`))).toEqual([
      'INVALID_RESPONSE',
      400,
    ]);
  });

  test('is read from a view of a larger buffer, as Node makes them', async () => {
    const pool = Buffer.from(`....${ping}....`);
    expect((await verify(pool.subarray(4, -4), sign(ping))).rawType).toBe('test.ping');
  });

  test('has its headers in any of the forms that servers have', async () => {
    const signature = sign(ping);
    const forms: WebhookHeaders[] = [
      new Headers({ 'X-Layers-Signature': signature }),
      { 'X-Layers-Signature': signature },
      { 'x-layers-signature': [signature] },
      { host: 'a.example', 'x-forwarded-for': undefined, 'x-layers-signature': signature },
    ];
    for (const headers of forms) expect((await verify(ping, headers)).id).toBe('evt_01HX9Y7K8M2P4RSTUVWXYZ56AB');
  });

  test('may have its parts spaced, in capitals, in any order, and beside other schemes', async () => {
    const hex = sign(ping).split('v1=')[1] ?? '';
    for (const header of [
      `t=${signedAt}, v1=${hex}`,
      `v1=${hex.toUpperCase()},t=${signedAt}`,
      `t=${signedAt},v0=${'0'.repeat(64)},v1=${hex},v2=other=form`,
      `t=${signedAt},v1=short,v1=${hex}`,
      `t=${signedAt}${`,v1=${'0'.repeat(64)}`.repeat(4)},v1=${hex}`,
    ])
      expect((await verify(ping, header)).rawType).toBe('test.ping');
  });

  test('is signed over the time as it was sent, leading zeros and all', async () => {
    expect((await verify(ping, sign(ping, { at: `0${signedAt}` }))).rawType).toBe('test.ping');
    const header = sign(ping, { at: `0${signedAt}` }).replace('t=0', 't=');
    expect(await codeOf(verify(ping, header))).toEqual(['WEBHOOK_SIGNATURE_MISMATCH', 400]);
  });
});

describe('while a secret is rotated', () => {
  const both = ['whsec_new', 'whsec_old'];

  test.each([
    ['only the old one, before the sender rotates', ['whsec_old'], both],
    ['both of the sender, a receiver with the old one', both, ['whsec_old']],
    ['both of the sender, a receiver with the new one', both, 'whsec_new'],
    ['both of both', both, both],
    ['only the new one, afterwards', ['whsec_new'], both],
    ['an old one that is no longer set', ['whsec_new'], ['whsec_new', undefined, '']],
  ])('%s', async (_, secrets, accepted) => {
    expect((await verify(ping, sign(ping, { secrets }), { secret: accepted })).rawType).toBe('test.ping');
  });

  test('once it is dropped, the old one is refused', async () => {
    const header = sign(ping, { secrets: ['whsec_old'] });
    expect(await codeOf(verify(ping, header, { secret: ['whsec_new'] }))).toEqual(['WEBHOOK_SIGNATURE_MISMATCH', 400]);
  });
});

describe('a webhook that cannot be believed', () => {
  test.each([{}, { 'x-layers-signature': '' }, { 'x-layers-signature': undefined }, new Headers()])(
    'has no signature: %o',
    async (headers) => {
      expect(await codeOf(verify(ping, headers))).toEqual(['WEBHOOK_SIGNATURE_MISSING', 400]);
    },
  );

  const hex = sign(ping).split('v1=')[1] ?? '';
  test.each([
    ['no time', `v1=${hex}`],
    ['no signature', `t=${signedAt}`],
    ['another scheme only', `t=${signedAt},v0=${hex}`],
    ['a signature of another length', `t=${signedAt},v1=${hex}00`],
    ['a signature that is not hex', `t=${signedAt},v1=${hex.slice(1)}g`],
    ['an empty time', `t=,v1=${hex}`],
    ['a negative time', `t=-${signedAt},v1=${hex}`],
    ['a fraction', `t=${signedAt}.5,v1=${hex}`],
    ['a time as a power', `t=1e9,v1=${hex}`],
    ['a time past counting', `t=${'9'.repeat(400)},v1=${hex}`],
    ['two times', `t=${signedAt},t=${signedAt},v1=${hex}`],
    ['two headers', `${sign(ping)}, ${sign(ping)}`],
    ['more signatures than there are secrets anywhere', `t=${signedAt}${`,v1=${hex}`.repeat(6)}`],
    ['the signature alone', hex],
    ['nothing but commas', ','.repeat(8000)],
    ['nothing but spaces', `v1=${' '.repeat(8000)}x${' '.repeat(8000)}y`],
  ])('has a malformed header: %s', async (_, header) => {
    expect(await codeOf(verify(ping, header))).toEqual(['WEBHOOK_SIGNATURE_MALFORMED', 400]);
  });

  test('was signed too long ago: the bound itself is not', async () => {
    const header = sign(ping);
    expect((await verify(ping, header, { now: () => (signedAt + 300) * 1000 + 999 })).rawType).toBe('test.ping');
    const error = await refusal(verify(ping, header, { now: at(signedAt + 301) }));
    expect([error.code, error.status]).toEqual(['WEBHOOK_TOO_OLD', 400]);
    expect(error.message).toContain('301 s ago');
  });

  test('was signed too far in the future: the bound itself is not', async () => {
    const header = sign(ping);
    expect((await verify(ping, header, { now: at(signedAt - 300) })).rawType).toBe('test.ping');
    expect(await codeOf(verify(ping, header, { now: () => (signedAt - 300) * 1000 - 1 }))).toEqual(['WEBHOOK_FROM_FUTURE', 400]);
  });

  test('the tolerance can be set, down to none', async () => {
    const header = sign(ping);
    const options = (toleranceMs: number, seconds: number) => ({ toleranceMs, now: at(signedAt + seconds) });
    expect((await verify(ping, header, options(0, 0))).rawType).toBe('test.ping');
    expect(await codeOf(verify(ping, header, options(0, 1)))).toEqual(['WEBHOOK_TOO_OLD', 400]);
    expect((await verify(ping, header, options(3_600_000, 3600))).rawType).toBe('test.ping');
    expect(await codeOf(verify(ping, header, options(3_600_000, 3601)))).toEqual(['WEBHOOK_TOO_OLD', 400]);
  });

  test('its time is judged only once it is known who signed it', async () => {
    const header = sign(ping, { at: 5, secrets: ['whsec_forged'] });
    expect(await codeOf(verify(ping, header))).toEqual(['WEBHOOK_SIGNATURE_MISMATCH', 400]);
  });

  test('was parsed and serialized again on its way', async () => {
    const sent = '{"id":"evt_1", "type":"test.ping", "data":{}}';
    expect(await codeOf(verify(JSON.stringify(JSON.parse(sent)), sign(sent)))).toEqual(['WEBHOOK_SIGNATURE_MISMATCH', 400]);
    expect(await codeOf(verify(JSON.parse(sent), sign(sent)))).toEqual(['INVALID_INPUT', null]);
  });

  test('is too large: the bound itself is not', async () => {
    const padded = (bytes: number) => ping.padEnd(bytes, ' ');
    for (const [bytes, maxBytes] of [
      [1_048_576, undefined],
      [2000, 2000],
    ] as const) {
      expect((await verify(padded(bytes), sign(padded(bytes)), { maxBytes })).rawType).toBe('test.ping');
      for (const body of [padded(bytes + 1), Buffer.from(padded(bytes + 1))])
        expect(await codeOf(verify(body, sign(body), { maxBytes }))).toEqual(['PAYLOAD_TOO_LARGE', 413]);
    }
    expect(await codeOf(verify(`"${'ü'.repeat(1500)}"`, '', { maxBytes: 2000 }))).toEqual(['PAYLOAD_TOO_LARGE', 413]);
  });

  test.each([[undefined], [''], [[]], [['', undefined]], ['whsec_a\n'], [['whsec_a', 'whsec b']], [null], [42]])(
    'comes where there is no usable secret: %j',
    async (unusable) => {
      const error = await refusal(verify(ping, sign(ping), { secret: unusable as string }));
      expect([error.code, error.status, error.details]).toEqual(['INVALID_INPUT', null, { path: 'secret' }]);
    },
  );

  test.each([{ toleranceMs: Number.NaN }, { toleranceMs: -1 }, { toleranceMs: Infinity }, { maxBytes: Number.NaN }])(
    'meets options that cannot be used: %o',
    async (options) => {
      expect(await codeOf(verify(ping, sign(ping), options))).toEqual(['INVALID_INPUT', null]);
    },
  );
});

test('any change of a byte of the body, of the time or of the signature is refused', async () => {
  const flip = fc.record({ part: fc.constantFrom('body', 'time', 'signature'), place: fc.nat(), to: fc.integer({ min: 1, max: 255 }) });
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 300 }),
      fc.integer({ min: 0, max: 2_000_000_000 }),
      flip,
      async (body, seconds, { part, place, to }) => {
        const [time = '', signature = ''] = sign(body, { at: seconds }).split(',v1=');
        const changed = (text: string, letters: string) => {
          const index = place % text.length;
          const other = letters[(letters.indexOf(text.charAt(index)) + 1 + (to % (letters.length - 1))) % letters.length] ?? '';
          return text.slice(0, index) + other + text.slice(index + 1);
        };
        const sent = Uint8Array.from(body, (byte, index) => (part === 'body' && index === place % body.length ? byte ^ to : byte));
        const digits = time.slice(2);
        const header = `t=${part === 'time' ? changed(digits, '0123456789') : digits},v1=${part === 'signature' ? changed(signature, '0123456789abcdef') : signature}`;
        expect(await codeOf(verify(sent, header, { now: at(seconds) }))).toEqual(['WEBHOOK_SIGNATURE_MISMATCH', 400]);
        // Unchanged it passes, and is only then found to be no event.
        expect(await codeOf(verify(body, sign(body, { at: seconds }), { now: at(seconds) }))).toEqual(['INVALID_RESPONSE', 400]);
      },
    ),
  );
});

test('whatever comes as a header, the answer is a clear error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.stringMatching(/^[tv01=,\s]{0,60}$/)), async (header) => {
      const { code } = await refusal(verify(ping, header));
      expect(code).toMatch(/^WEBHOOK_SIGNATURE_/);
    }),
  );
});
