// The three pages, each with an endpoint and a server of its own, at full speed and over a slow line.
import path from 'node:path';
import { Drp, signIn } from '../fixtures/drp';
import { app } from '../fixtures/portal';
import { Program } from '../fixtures/program';
import { buildPeers } from './peers';
import { SLOW_4G, SlowLine } from './slow_line';

export const NAMES = ['by-hand', 'react', 'portal'] as const;
export type Name = (typeof NAMES)[number];

/** A page and its endpoint, as a browser reaches them. */
export interface Place {
  url: string;
  endpoint: string;
}

export class Contender {
  private constructor(
    readonly name: Name,
    readonly drp: Drp,
    private readonly program: Program,
    private readonly line: SlowLine,
    private readonly token: string,
    readonly fast: Place,
    readonly slow: Place,
  ) {}

  /** Starts the endpoint, and the portal's server with this page. */
  static async start(name: Name, folder: string): Promise<Contender> {
    const drp = await Drp.start('none');
    const line = new SlowLine(SLOW_4G);
    const endpoint = drp.url.replace('localhost', '127.0.0.1');
    const slowEndpoint = await line.to(endpoint);
    const args = ['serve', '--app', folder, '--endpoint', endpoint, '--endpoint', slowEndpoint];
    const program = await Program.start('megaphone', [...args, '--listen', '127.0.0.1:0'], ['listening']);
    const url = program.address('listening');
    const slow = { url: await line.to(url), endpoint: slowEndpoint };
    return new Contender(name, drp, program, line, await tokenOf(endpoint), { url, endpoint }, slow);
  }

  /** A script for the page that has the tab signed in already, as after a reload. */
  session({ endpoint }: Place): string {
    const session = JSON.stringify({ endpoint, token: this.token, user: signIn.user, life: null });
    return `sessionStorage.setItem('megaphone.session', ${JSON.stringify(session)});`;
  }

  async end() {
    this.line.close();
    await this.program.stop();
    await this.drp.end();
  }
}

/** Builds the two peers, and starts all three. */
export async function start(): Promise<Contender[]> {
  const peers = await buildPeers(path.resolve(__dirname, '../../target/bench'));
  const folders: Record<Name, string> = { ...peers, portal: app };
  return Promise.all(NAMES.map((name) => Contender.start(name, folders[name])));
}

async function tokenOf(endpoint: string): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${signIn.user}:${signIn.password}`).toString('base64')}`;
  const response = await fetch(`${endpoint}/api/v3/users/${signIn.user}/token?ttl=86400`, {
    headers: { authorization },
  });
  if (!response.ok) throw new Error(`${endpoint} gave no token: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { Token: string }).Token;
}
