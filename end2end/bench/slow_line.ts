// A slow line in front of servers on this machine: one shared bandwidth in each direction, and a delay, a connection's
// opening included. The browser's own throttling would need the protocol's Network domain.
import { once } from 'node:events';
import net from 'node:net';

/** What a packet of a real line holds. */
const PACKET = 1_460;

/**
 * The slow 4G of Chrome's DevTools, in kbit/s and milliseconds. Their 562 ms to an answer are here a round trip that opens
 * the connection and one for the request.
 */
export const SLOW_4G = { down: 1_440, up: 675, roundTrip: 281 };

export class SlowLine {
  private readonly servers: net.Server[] = [];
  private readonly open = new Set<net.Socket>();
  private readonly up: Direction;
  private readonly down: Direction;

  constructor(private readonly line: { down: number; up: number; roundTrip: number }) {
    this.up = new Direction(line.up, line.roundTrip / 2);
    this.down = new Direction(line.down, line.roundTrip / 2);
  }

  /** Where `target` can be reached over this line. */
  async to(target: string): Promise<string> {
    const { hostname, port } = new URL(target);
    // What a client says stays unread until its connection would be there.
    const server = net.createServer({ pauseOnConnect: true }, (client) => {
      this.keep(client);
      setTimeout(() => this.pass(client, Number(port), hostname), this.line.roundTrip);
    });
    this.servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
  }

  close() {
    this.servers.forEach((server) => server.close());
    this.open.forEach((socket) => socket.destroy());
  }

  private pass(client: net.Socket, port: number, host: string) {
    if (client.destroyed) return;
    const server = net.connect({ port, host, noDelay: true });
    client.setNoDelay();
    this.keep(server);
    for (const [from, to, direction] of [
      [client, server, this.up],
      [server, client, this.down],
    ] as const) {
      from.on('data', (bytes: Buffer) => direction.send(to, bytes));
      from.on('end', () => direction.send(to, 'end'));
      from.on('error', () => to.destroy());
    }
    client.resume();
  }

  private keep(socket: net.Socket) {
    this.open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.open.delete(socket));
  }
}

type Packet = Buffer | 'end';

/** One direction of a line. Connections take turns, packet by packet. */
class Direction {
  private readonly waiting = new Map<net.Socket, Packet[]>();
  private readonly travelling: { at: number; to: net.Socket; packet: Packet }[] = [];
  private sending = false;

  constructor(
    private readonly kbits: number,
    private readonly delay: number,
  ) {}

  send(to: net.Socket, bytes: Packet) {
    const packets = this.waiting.get(to) ?? [];
    this.waiting.set(to, packets);
    if (bytes === 'end') packets.push(bytes);
    else for (let at = 0; at < bytes.length; at += PACKET) packets.push(bytes.subarray(at, at + PACKET));
    if (!this.sending) void this.run();
  }

  /** Puts packets on the line, each once the one before it has left. */
  private async run() {
    this.sending = true;
    let free = performance.now();
    for (let next = this.take(); next; next = this.take()) {
      free += (next.packet.length * 8) / this.kbits;
      this.travel({ ...next, at: free + this.delay });
      const early = free - performance.now();
      if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
    }
    this.sending = false;
  }

  /** The next packet, of whose turn it is. */
  private take(): { to: net.Socket; packet: Packet } | undefined {
    for (const [to, packets] of this.waiting) {
      this.waiting.delete(to);
      const packet = packets.shift();
      if (packets.length > 0) this.waiting.set(to, packets);
      if (packet) return { to, packet };
    }
    return undefined;
  }

  private travel(packet: (typeof this.travelling)[number]) {
    this.travelling.push(packet);
    if (this.travelling.length === 1) this.wait();
  }

  private wait() {
    const first = this.travelling[0];
    if (first) setTimeout(() => this.arrive(), first.at - performance.now());
  }

  /** Hands over what has arrived, in the order in which it was sent. */
  private arrive() {
    const now = performance.now();
    for (let first = this.travelling[0]; first && first.at <= now; first = this.travelling[0]) {
      this.travelling.shift();
      if (first.to.destroyed) continue;
      if (first.packet === 'end') first.to.end();
      else first.to.write(first.packet);
    }
    this.wait();
  }
}
