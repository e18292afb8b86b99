/** Where the simulator sends webhooks, and how it signs them. */
export interface SimulatorWebhookOptions {
  /** The endpoint that each event is posted to. */
  url: string;
  /** The endpoint's signing secret. Several, as while one is rotated, make one `v1` each. */
  secret: string | readonly string[];
  /** Used instead of the global `fetch`: the `fetch` of a server part, say. An attempt is given up after 10 s by the request's signal. */
  fetch?: ((request: Request) => Response | Promise<Response>) | undefined;
}

/** One attempt to deliver a webhook. */
export interface SimulatorWebhook {
  /** `X-Layers-Event-Id`: the same for every attempt and every duplicate. */
  eventId: string;
  type: string;
  /** 1 for the first. */
  attempt: number;
  /** What the endpoint answered; 0 while it hasn't, and where no answer came. */
  status: number;
  /** On the simulator's clock. */
  at: number;
  /** Made by the fault `webhook-forged`. */
  isForged: boolean;
}
