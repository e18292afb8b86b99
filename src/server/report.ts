import { LayersError } from '../model/errors.js';
import { asRefusal, envelopeResponse, newRequestId } from './refusal.js';

/** The option `onError`. */
export type OnError = (error: LayersError) => void | Promise<void>;

/** The default of `onError`. */
export function logError(error: LayersError): void {
  // oxlint-disable-next-line no-console -- without it, an operator who gave no `onError` would see nothing.
  console.error(error);
}

/** The response to a request that failed. What the operator can act on goes to `onError`, with the same request id. */
export function failedResponse(onError: OnError, request: Request, thrown: unknown): Response {
  const { status, code, message, headers } = asRefusal(thrown);
  const requestId = headers['x-request-id'] ?? newRequestId();
  reportFailure(onError, request, thrown, requestId);
  return envelopeResponse(status, { code, message, requestId }, headers);
}

/** Tells `onError` of what failed, if the operator can act on it. @param request which ran into it */
export function reportFailure(
  onError: OnError,
  { method, url }: Pick<Request, 'method' | 'url'>,
  thrown: unknown,
  requestId: string,
): void {
  const { status, code, report } = asRefusal(thrown);
  if (report === null) return;
  const details = { method, path: new URL(url).pathname };
  void tell(
    onError,
    new LayersError({ code, message: `layers-react: ${report.message}`, status, requestId, details, cause: report.cause }),
  );
}

/** An `onError` that fails costs neither the response nor the process. */
export async function tell(onError: OnError, error: LayersError): Promise<void> {
  try {
    await onError(error);
  } catch (failure) {
    logError(new LayersError({ code: error.code, message: 'layers-react: onError threw.', cause: failure }));
    logError(error);
  }
}
