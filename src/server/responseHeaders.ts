/** The headers of a response of the API that a browser gets. */
export const RESPONSE_HEADERS = /^(?:content-type|etag|retry-after|date|x-request-id|idempoten(?:t|cy)-replayed|x-ratelimit-[a-z-]+)$/;

/** An `X-Request-Id` of the API that is passed on. */
export const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** The only content type of a response of the API that is used. */
export const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;
