/** A value per object, created on first use and dropped with the object. */
export function heldBy<Value, Owner extends object = object>(create: (owner: Owner) => Value): (owner: Owner) => Value {
  const values = new WeakMap<Owner, Value>();
  return (owner) => {
    const value = values.get(owner) ?? create(owner);
    values.set(owner, value);
    return value;
  };
}
