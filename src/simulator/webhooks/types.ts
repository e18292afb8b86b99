/** The webhook endpoint of a simulator. */
export interface SimulatorWebhookOptions {
  /** The endpoint that each event is posted to. */
  url: string;
  /** The signing secret. With several, as during a rotation, the signature has one `v1` for each. */
  secret: string | readonly string[];
  /** Used instead of the global `fetch`, for example the `fetch` of a server part. The request's signal aborts after 10 s. */
  fetch?: ((request: Request) => Response | Promise<Response>) | undefined;
}

/** One attempt to deliver a webhook. */
export interface SimulatorWebhook {
  /** `X-Layers-Event-Id`: the same for every attempt and every duplicate. */
  eventId: string;
  type: string;
  /** 1 for the first. */
  attempt: number;
  /** The status of the response; 0 if there was none, or none yet. */
  status: number;
  /** On the simulator's clock. */
  at: number;
  /** Whether it was made by the fault `webhook-forged`. */
  isForged: boolean;
}
