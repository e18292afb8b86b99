import type { SimulatorFault } from './types.js';

type Json = Record<string, unknown>;

/** Alters the JSON of a good answer as a fault asks. @param body a fresh copy that may be changed */
export function alterBody(kind: SimulatorFault['kind'], body: unknown): void {
  if (!isObject(body)) return;
  const items = Array.isArray(body.items) ? body.items.filter(isObject) : [];
  const things = [body, ...items];
  switch (kind) {
    case 'unknown-status':
      for (const thing of things) if (typeof thing.status === 'string') thing.status = 'rendering_v2';
      break;
    case 'unknown-preview-kind':
      for (const thing of things) if (isObject(thing.preview)) thing.preview.kind = 'hologram';
      break;
    case 'bad-row': {
      const row = items[Math.floor(items.length / 2)];
      if (row) delete row.id;
      break;
    }
    case 'unsafe-url':
      for (const thing of things) {
        for (const name of ['preview', 'primaryAsset', 'assets', 'result']) poison(thing[name]);
        if (typeof thing.assetId === 'string') poison(thing);
      }
      break;
    default:
  }
}

const unsafe = 'javascript:alert(1)';

function poison(value: unknown): void {
  if (Array.isArray(value)) for (const item of value) poison(item);
  if (!isObject(value)) return;
  for (const [name, member] of Object.entries(value)) {
    if (/url$/i.test(name) && typeof member === 'string') value[name] = unsafe;
    else if (/urls$/i.test(name) && Array.isArray(member)) value[name] = member.map(() => unsafe);
    else poison(member);
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
