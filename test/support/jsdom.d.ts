/** The part of jsdom that tests use: its own types would be one more package. */
declare module 'jsdom' {
  export class VirtualConsole {
    on(event: 'jsdomError', listener: (error: Error & { type?: string }) => void): this;
  }
  export class JSDOM {
    constructor(html: string, options: { url: string; pretendToBeVisual: boolean; virtualConsole: VirtualConsole });
    readonly window: Window & typeof globalThis;
  }
}
