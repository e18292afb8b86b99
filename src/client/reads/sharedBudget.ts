import { type ClientSettings, clientScope } from '../options.js';
import { ReadBudget } from './readBudget.js';
import { ReadGate } from './readGate.js';

interface Shared {
  budget: ReadBudget;
  gate: ReadGate;
}

/** Held weakly: on a server there may be a client for each person who ever came. */
const shared = new WeakMap<object, Map<string, WeakRef<Shared>>>();
const gone = new FinalizationRegistry<{ scopes: Map<string, WeakRef<Shared>>; scope: string }>(({ scopes, scope }) => {
  if (scopes.get(scope)?.deref() === undefined) scopes.delete(scope);
});

/**
 * The budget of one API scope: clients that send the same session to the same address by the same `fetch` spend from one, at the lowest limit that any
 * of them was given.
 */
export function sharedBudget(settings: ClientSettings): Shared {
  const sender = settings.fetch ?? globalThis.fetch;
  const scopes = shared.get(sender) ?? new Map<string, WeakRef<Shared>>();
  shared.set(sender, scopes);
  const scope = clientScope(settings);
  const found = scopes.get(scope)?.deref();
  if (found) {
    found.budget.limitTo(settings.readsPerMinute);
    return found;
  }
  const budget = new ReadBudget(settings.readsPerMinute, settings.isBudgetFixed);
  const made = { budget, gate: new ReadGate(budget) };
  scopes.set(scope, new WeakRef(made));
  gone.register(made, { scopes, scope });
  return made;
}
