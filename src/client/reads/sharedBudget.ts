import { type ClientSettings, clientScope } from '../options.js';
import { ReadBudget } from './readBudget.js';
import { ReadGate } from './readGate.js';

interface Shared {
  budget: ReadBudget;
  gate: ReadGate;
}

const shared = new WeakMap<object, Map<string, Shared>>();

/** The budget of one API scope: clients that send the same session to the same address by the same `fetch` spend from one. */
export function sharedBudget(settings: ClientSettings): Shared {
  const sender = settings.fetch ?? globalThis.fetch;
  const scopes = shared.get(sender) ?? new Map<string, Shared>();
  shared.set(sender, scopes);
  const name = `${clientScope(settings)} ${settings.readsPerMinute}`;
  const found = scopes.get(name);
  if (found) return found;
  const budget = new ReadBudget(settings.readsPerMinute, settings.isBudgetFixed);
  const made = { budget, gate: new ReadGate(budget) };
  scopes.set(name, made);
  return made;
}
