// The programs of the matrix, once for all workers: a portal takes seconds to start, and a worker starts again after each
// row that failed.
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FullConfig } from '@playwright/test';
import { Drp, type Tls } from '../fixtures/drp';
import { Portal } from '../fixtures/portal';

/** The endpoints of a worker, by what is known of their certificates. */
const ENDPOINTS = {
  /** Self-signed, and accepted by the browser. */
  accepted: 'self-signed',
  /** Self-signed, and not accepted. */
  unaccepted: 'self-signed',
  /** Signed by an authority that the browser and the portal's server trust. */
  trusted: 'private-ca',
  /** Signed by an authority that only the portal's server trusts. */
  company: 'private-ca',
  plain: 'none',
} as const satisfies Record<string, Tls>;

export type Kind = keyof typeof ENDPOINTS;

/** Where everything is. */
export interface Addresses {
  /** A set for each worker. */
  endpoints: Record<Kind, { url: string; control: string }>[];
  portal: string;
  /** The same portal with a policy that lets its page reach no endpoint. */
  strict: string;
}

/** A name that means this computer to the browser and, unlike localhost, is not known to. */
export const elsewhere = 'drp.test';

/** A name below a top domain that browsers hold to trusted certificates. */
export const preloaded = 'drp.dev';

/** A port that browsers refuse; nothing listens there. */
export const FORBIDDEN_PORT = 6_000;

const variable = 'MEGAPHONE_FAULTS';

export const addresses = () => JSON.parse(process.env[variable] ?? '{}') as Addresses;

export default async function setup({ workers }: FullConfig) {
  const kinds = Object.entries(ENDPOINTS) as [Kind, Tls][];
  const set = async () =>
    Object.fromEntries(await Promise.all(kinds.map(async ([kind, tls]) => [kind, await Drp.start(tls)]))) as Record<
      Kind,
      Drp
    >;
  const endpoints = await Promise.all(Array.from({ length: workers }, set));
  const urls = endpoints.flatMap(Object.values<Drp>).map(({ url }) => url);
  const names = ['localhost', elsewhere, preloaded, 'nope.invalid'];
  const named = urls.flatMap((url) => names.map((name) => url.replace('localhost', name)));
  const authorities = await Authorities.of(endpoints.flatMap(({ trusted, company }) => [trusted, company]));
  const [portal, strict] = await Promise.all([
    Portal.start([...named, `https://localhost:${FORBIDDEN_PORT}`], authorities.options),
    Portal.start(urls, ['--connect-src', "'self'"]),
  ]);
  process.env[variable] = JSON.stringify({
    endpoints: endpoints.map(
      (set) =>
        Object.fromEntries(kinds.map(([kind]) => [kind, addressesOf(set[kind])])) as Addresses['endpoints'][number],
    ),
    portal: portal.url,
    strict: strict.url,
  } satisfies Addresses);
  return async () => {
    await Promise.all([portal, strict].map((it) => it.stop()));
    await Promise.all(endpoints.flatMap(Object.values<Drp>).map((it) => it.end()));
    await authorities.remove();
  };
}

const addressesOf = ({ url, control }: Drp) => ({ url, control });

/** Files with the authorities that the portal's server trusts. */
export class Authorities {
  private constructor(
    private readonly folder: string,
    /** The server's options. */
    readonly options: string[],
  ) {}

  static async of(endpoints: Drp[]): Promise<Authorities> {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'authorities-'));
    const options = endpoints.map(async (drp, index) => {
      const file = path.join(folder, `${index}.der`);
      await fs.writeFile(file, await drp.authority());
      return ['--trust-ca', file];
    });
    return new Authorities(folder, (await Promise.all(options)).flat());
  }

  remove = () => fs.rm(this.folder, { recursive: true });
}
