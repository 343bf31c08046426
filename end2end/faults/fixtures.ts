// What a row runs with: a worker's own endpoints, its ways to the portal, and a browser that has accepted one certificate
// and trusts one authority.
import crypto from 'node:crypto';
import { test as base } from '@playwright/test';
import { Drp } from '../fixtures/drp';
import { addresses, elsewhere, type Kind, preloaded } from './setup';
import { TcpProxy } from './tcp_proxy';

export { expect } from '@playwright/test';

/** Two ways to the same portal: the second one is shut when a page has to do without. */
export type Ways = readonly [open: TcpProxy, shut: TcpProxy];

/** How the page is served: plainly, with a policy that blocks endpoints, or from what the browser takes for the internet. */
export type Served = 'plain' | 'strict' | 'public';

interface Fixtures {
  endpoints: Record<Kind, Drp>;
  ways: Record<Served, Ways>;
}

export const test = base.extend<object, Fixtures>({
  endpoints: [
    async ({}, use, { parallelIndex }) => {
      const set = addresses().endpoints[parallelIndex];
      if (!set) throw new Error(`there are no endpoints for worker ${parallelIndex}`);
      const kinds = Object.entries(set).map(([kind, { url, control }]) => [kind, Drp.at(url, control)]);
      await use(Object.fromEntries(kinds) as Record<Kind, Drp>);
    },
    { scope: 'worker' },
  ],

  ways: [
    async ({}, use) => {
      const { portal, strict } = addresses();
      await use({ plain: await waysTo(portal), strict: await waysTo(strict), public: await waysTo(portal) });
    },
    { scope: 'worker' },
  ],

  launchOptions: [
    async ({ launchOptions, endpoints, ways }, use) => {
      const spaces = ways.public.map(({ url }) => `${new URL(url).host}=public`);
      const accepted = [await endpoints.accepted.certificateInUse(), await endpoints.trusted.authority()];
      const args = [
        ...(launchOptions.args ?? []),
        // As if a person had accepted this one certificate, and trusted that one authority. It makes no other acceptable.
        `--ignore-certificate-errors-spki-list=${accepted.map(publicKeyHash).join(',')}`,
        `--host-resolver-rules=${RESOLVER_RULES}`,
        `--ip-address-space-overrides=${spaces.join(',')}`,
      ];
      await use({ ...launchOptions, args });
    },
    { scope: 'worker' },
  ],
});

/** The names that mean this computer to the browser. */
const RESOLVER_RULES = [elsewhere, preloaded].map((name) => `MAP ${name} 127.0.0.1`).join(',');

const waysTo = async (portal: string): Promise<Ways> => [await TcpProxy.to(portal), await TcpProxy.to(portal)];

function publicKeyHash(certificate: Buffer): string {
  const key = new crypto.X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return crypto.createHash('sha256').update(key).digest('base64');
}
