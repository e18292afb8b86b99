export function refreshLists(..._args: unknown[]): void {}
