// A company's or school's HTTP proxy, which lets CONNECT through to port 443 only, as a stock Squid does.
import { once } from 'node:events';
import http from 'node:http';
import type net from 'node:net';

const FORBIDDEN = 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n';

export class ConnectProxy {
  private constructor(private readonly server: http.Server) {}

  static async start(): Promise<ConnectProxy> {
    const server = http.createServer((_, response) => response.writeHead(403).end());
    server.on('connect', (_: unknown, socket: net.Socket) => {
      socket.on('error', () => undefined);
      socket.end(FORBIDDEN);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ConnectProxy(server);
  }

  /** `HOST:PORT`, for `--proxy-server`. */
  get address(): string {
    return `127.0.0.1:${(this.server.address() as net.AddressInfo).port}`;
  }

  stop() {
    this.server.close();
    this.server.closeAllConnections();
  }
}
