// A TCP proxy in front of the portal's server, so that the server can go away for one page and not for another: a port
// that passes bytes on, and that refuses connections while it is shut.
import { once } from 'node:events';
import net from 'node:net';

export class TcpProxy {
  private readonly open = new Set<net.Socket>();
  private port = 0;

  private constructor(
    private readonly server: net.Server,
    private readonly target: URL,
  ) {}

  /** Listens on a free port. */
  static async to(target: string): Promise<TcpProxy> {
    const proxy: TcpProxy = new TcpProxy(
      net.createServer((client) => proxy.pass(client)),
      new URL(target),
    );
    await proxy.reopen();
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** From now on connections are refused, and existing ones are cut. */
  async shut(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.open.forEach((socket) => socket.destroy());
    await closed;
  }

  /** Listens where it did before. */
  async reopen(): Promise<void> {
    if (this.server.listening) return;
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as net.AddressInfo).port;
  }

  private pass(client: net.Socket) {
    const { hostname, port } = this.target;
    const server = net.connect(Number(port), hostname);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.open.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.once('close', () => {
        this.open.delete(from);
        to.destroy();
      });
    }
  }
}
