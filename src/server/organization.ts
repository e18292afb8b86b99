/** The id of a child organisation. No space in it: {@link readKey} relies on that. */
const ORGANIZATION = /^[\w.-]{1,128}$/;

/** Whether a value can be sent as `X-Layers-Organization`. */
export const isOrganization = (value: unknown): value is string => typeof value === 'string' && ORGANIZATION.test(value);

/** What the reader keeps a response under: one path has a response in each organisation. @param path from `/v1/` on */
export const readKey = (organization: string | null, path: string) => (organization === null ? path : `${organization} ${path}`);

/** The organisation and the path of a {@link readKey}. */
export function splitReadKey(key: string): { organization: string | null; path: string } {
  const end = key.indexOf(' ');
  return end < 0 ? { organization: null, path: key } : { organization: key.slice(0, end), path: key.slice(end + 1) };
}
