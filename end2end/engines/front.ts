// What may stand before a portal: a server that passes requests on, counts them, has a file to be downloaded, and speaks
// TLS where a page has to come over https.
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { certificateFiles } from '../fixtures/certificate';

/** The address of the file. */
export const DOWNLOAD = '/nothing.txt';

export class Front {
  /** The path of every request so far. */
  readonly requests: string[] = [];

  private constructor(
    private readonly server: http.Server,
    readonly url: string,
  ) {}

  static async before(target: string, { secure = false } = {}): Promise<Front> {
    const pass: http.RequestListener = (request, response) => {
      front.requests.push(request.url ?? '');
      const { method, headers, url } = request;
      if (url === DOWNLOAD) {
        response.writeHead(200, { 'content-disposition': 'attachment' }).end('nothing');
        return;
      }
      const there = http.request(new URL(url ?? '/', target), { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      there.on('error', () => response.destroy());
      request.pipe(there);
    };
    const server = secure ? https.createServer(certificate(), pass) : http.createServer(pass);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const front = new Front(server, secure ? `https://localhost:${port}` : `http://localhost:${port}`);
    return front;
  }

  async close() {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}

/** A self-signed certificate for localhost. */
function certificate(): { key: Buffer; cert: Buffer } {
  const { folder, key, cert } = certificateFiles();
  try {
    return { key: fs.readFileSync(key), cert: fs.readFileSync(cert) };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
