import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import { parseJson } from '../../../src/model/plainJson.js';
import { type PushMessage, pushMessage } from '../../../src/schedule/pushed.js';
import type { LayersServerOptions } from '../../../src/server.js';
import { setup } from '../support.js';

export const webhookSecret = 'whsec_test';

/** A server part, and the streams of its viewers. */
export function house(options: Partial<LayersServerOptions> = {}) {
  const parts = setup({ webhookSecret, ...options });
  const ask = (
    ids: string[],
    headers: Record<string, string> = {},
    more: { known?: boolean; projects?: string[]; body?: string; stream?: string | null } = {},
  ) => {
    const follow = ids.map((id) => ({ id, wants: ['record', 'progress'], isOnScreen: true, isKnown: more.known === true }));
    const body = more.body ?? JSON.stringify({ stream: more.stream ?? null, follow, projects: more.projects ?? [] });
    return parts.post('/v1/events', body, { 'x-layers-events': '1', ...headers });
  };
  const open = async (...asked: Parameters<typeof ask>) => {
    const response = await ask(...asked);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    return listen(response);
  };
  const webhook = (event: object, { secret = webhookSecret, at = Date.now() } = {}) => {
    const body = JSON.stringify(event);
    const t = Math.floor(at / 1_000);
    const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
    return parts.post('/v1/webhooks', body, { 'x-layers-signature': `t=${t},v1=${v1}` });
  };
  const inFlight = (durationMs = 600_000) =>
    parts.simulator.addContainer({ generation: { queuedMs: 0, stages: [{ name: 'rendering', durationMs }] } as never });
  return { ...parts, ask, open, webhook, inFlight };
}

/** Reads a stream as it comes. */
export function listen(response: Response) {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const messages: PushMessage[] = [];
  const state = { messages, lastId: '', isOver: false, told: () => messages.flatMap(({ told }) => told), leave: () => reader.cancel() };
  const decoder = new TextDecoder();
  let text = '';
  void (async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += decoder.decode(part.value, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const lines = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        messages.push(pushMessage(parseJson(lines.find((line) => line.startsWith('data: '))?.slice(6) ?? '')) as PushMessage);
        state.lastId = lines.find((line) => line.startsWith('id: '))?.slice(4) ?? state.lastId;
      }
    }
    state.isOver = true;
  })();
  return state;
}
