import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';

/** Passes requests for media on to the simulator as they are, so that `Range`, `ETag` and 206 answers work as they would with a media host. */
export function passMedia(port: number): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  return (incoming, outgoing) => {
    const { method, headers, url = '/' } = incoming;
    const upstream = request({ host: '127.0.0.1', port, method, headers, path: `/media${url}` }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      pipeline(answer, outgoing, () => {});
    });
    upstream.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
    outgoing.once('close', () => upstream.destroy());
    upstream.end();
  };
}
