import { type ClientSettings, clientScope } from '../options.js';
import { Writes } from '../writes/writes.js';
import { ReadBudget } from './readBudget.js';
import { ReadGate } from './readGate.js';

interface Shared {
  budget: ReadBudget;
  gate: ReadGate;
  writes: Writes;
}

/** Held weakly: on a server there may be a client for each person who ever came. */
const shared = new WeakMap<object, Map<string, WeakRef<Shared>>>();
const gone = new FinalizationRegistry<{ scopes: Map<string, WeakRef<Shared>>; scope: string }>(({ scopes, scope }) => {
  if (scopes.get(scope)?.deref() === undefined) scopes.delete(scope);
});

/**
 * The budgets of one API scope, for reads and for writes: clients that send the same session to the same address by the same `fetch` spend from one, at
 * the lowest limit that any of them was given.
 */
export function sharedBudget(settings: ClientSettings): Shared {
  const sender = settings.fetch ?? globalThis.fetch;
  const scopes = shared.get(sender) ?? new Map<string, WeakRef<Shared>>();
  shared.set(sender, scopes);
  const scope = clientScope(settings);
  const found = scopes.get(scope)?.deref();
  if (found) {
    found.budget.limitTo(settings.readsPerMinute);
    found.writes.limitTo(settings.writesPerMinute);
    return found;
  }
  const budget = new ReadBudget(settings.readsPerMinute, settings.isBudgetFixed);
  const writes = new Writes({ perMinute: settings.writesPerMinute, isFixed: settings.isWriteBudgetFixed });
  const made = { budget, gate: new ReadGate(budget), writes };
  scopes.set(scope, new WeakRef(made));
  gone.register(made, { scopes, scope });
  return made;
}
