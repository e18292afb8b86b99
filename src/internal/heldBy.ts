/** A value per object, created on first use and dropped with the object. */
export function heldBy<Value>(create: () => Value): (owner: object) => Value {
  const values = new WeakMap<object, Value>();
  return (owner) => {
    const value = values.get(owner) ?? create();
    values.set(owner, value);
    return value;
  };
}
