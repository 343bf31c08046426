// What a row plays on: a worker's own endpoints, its ways to the portal, and a browser that has accepted one certificate.
import crypto from 'node:crypto';
import { test as base } from '@playwright/test';
import { Drp } from '../fixtures/drp';
import { Door } from './door';
import { addresses, elsewhere, type Kind } from './setup';

export { expect } from '@playwright/test';

/** Two ways to the same portal: the second one is shut when a page has to do without. */
export type Doors = readonly [open: Door, shut: Door];

/** How the page is served: plainly, with a policy that blocks endpoints, or from what the browser takes for the internet. */
export type Served = 'plain' | 'strict' | 'public';

interface Stage {
  endpoints: Record<Kind, Drp>;
  doors: Record<Served, Doors>;
}

export const test = base.extend<object, Stage>({
  endpoints: [
    async ({}, use, { parallelIndex }) => {
      const set = addresses().endpoints[parallelIndex];
      if (!set) throw new Error(`there are no endpoints for worker ${parallelIndex}`);
      const at = ({ url, control }: { url: string; control: string }) => Drp.at(url, control);
      await use({ accepted: at(set.accepted), unaccepted: at(set.unaccepted), plain: at(set.plain) });
    },
    { scope: 'worker' },
  ],

  doors: [
    async ({}, use) => {
      const { portal, strict } = addresses();
      await use({ plain: await doorsTo(portal), strict: await doorsTo(strict), public: await doorsTo(portal) });
    },
    { scope: 'worker' },
  ],

  launchOptions: [
    async ({ launchOptions, endpoints, doors }, use) => {
      const spaces = doors.public.map(({ url }) => `${new URL(url).host}=public`);
      const args = [
        ...(launchOptions.args ?? []),
        // As if a person had accepted this one certificate. It makes no other acceptable.
        `--ignore-certificate-errors-spki-list=${await publicKeyHash(endpoints.accepted)}`,
        `--host-resolver-rules=MAP ${elsewhere} 127.0.0.1`,
        `--ip-address-space-overrides=${spaces.join(',')}`,
      ];
      await use({ ...launchOptions, args });
    },
    { scope: 'worker' },
  ],
});

const doorsTo = async (portal: string): Promise<Doors> => [await Door.to(portal), await Door.to(portal)];

async function publicKeyHash(drp: Drp): Promise<string> {
  const der = await (await fetch(`${drp.control}/certificate`)).arrayBuffer();
  const key = new crypto.X509Certificate(Buffer.from(der)).publicKey.export({ type: 'spki', format: 'der' });
  return crypto.createHash('sha256').update(key).digest('base64');
}
