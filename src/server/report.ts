import { LayersError } from '../model/errors.js';
import { asRefusal, envelopeResponse, newRequestId } from './refusal.js';

/** The default of `onError`. */
export function logError(error: LayersError): void {
  // oxlint-disable-next-line no-console -- without it, an operator who gave no `onError` would see nothing.
  console.error(error);
}

/** The response to a request that failed. What the operator can act on goes to `onError`, with the same request id. */
export function failedResponse(onError: (error: LayersError) => void | Promise<void>, request: Request, thrown: unknown): Response {
  const { status, code, message, headers, report } = asRefusal(thrown);
  const requestId = headers['x-request-id'] ?? newRequestId();
  if (report !== null) {
    const details = { method: request.method, path: new URL(request.url).pathname };
    const text = `layers-react: ${report.message}`;
    void tell(onError, new LayersError({ code, message: text, status, requestId, details, cause: report.cause }));
  }
  return envelopeResponse(status, { code, message, requestId }, headers);
}

/** An `onError` that fails costs neither the response nor the process. */
export async function tell(onError: (error: LayersError) => void | Promise<void>, error: LayersError): Promise<void> {
  try {
    await onError(error);
  } catch (failure) {
    logError(new LayersError({ code: error.code, message: 'layers-react: onError threw.', cause: failure }));
    logError(error);
  }
}
