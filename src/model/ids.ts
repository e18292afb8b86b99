const PREFIX = 'cnt_';

/**
 * The form of a container id to use in cache keys: without a leading `cnt_`, because the API takes `cnt_<uuid>` and the bare uuid for one container
 * (get-container reference). Ids are sent back to the API verbatim, never in this form.
 */
export function containerKey(id: string): string {
  return id.startsWith(PREFIX) ? id.slice(PREFIX.length) : id;
}

/** The form of a job id among those of containers: what is followed of either has one key. @internal */
export const jobKey = (id: string): string => `job ${id}`;
