/** The header with which a server part offers push, in every response; also of the request for events and its response. Its value is {@link PUSH_VERSION}. */
export const OFFER_HEADER = 'x-layers-events';
/** Of the messages: a server part and a browser with different versions don't use push. */
export const PUSH_VERSION = '1';
/** The header with which a server part says that it sends the last good response because reading a new one fails. Its value is the code of the failure. */
export const FAILING_HEADER = 'x-layers-failing';
