const PREFIX = 'cnt_';

/**
 * The form of a container id to use in cache keys: without a leading `cnt_`, because the API takes `cnt_<uuid>` and the bare uuid for one container
 * (get-container reference). Ids are sent back to the API verbatim, never in this form.
 */
export function containerKey(id: string): string {
  return id.startsWith(PREFIX) ? id.slice(PREFIX.length) : id;
}
