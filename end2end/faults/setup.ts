// The programs of the matrix, once for all workers: a portal compresses its app as it starts, which takes seconds, and a
// worker begins anew after each row that failed.
import type { FullConfig } from '@playwright/test';
import { Drp } from '../fixtures/drp';
import { Portal } from '../fixtures/portal';

/** An endpoint whose certificate the browser has accepted, one whose it has not, and one without TLS. */
export type Kind = 'accepted' | 'unaccepted' | 'plain';

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

const variable = 'MEGAPHONE_FAULTS';

export const addresses = () => JSON.parse(process.env[variable] ?? '{}') as Addresses;

export default async function setup({ workers }: FullConfig) {
  const set = async () => ({
    accepted: await Drp.start('self-signed'),
    unaccepted: await Drp.start('self-signed'),
    plain: await Drp.start('none'),
  });
  const endpoints = await Promise.all(Array.from({ length: workers }, set));
  const urls = endpoints.flatMap(Object.values<Drp>).map(({ url }) => url);
  const names = ['localhost', elsewhere, 'nope.invalid'];
  const named = urls.flatMap((url) => names.map((name) => url.replace('localhost', name)));
  const [portal, strict] = await Promise.all([Portal.start(named), Portal.start(urls, ['--connect-src', "'self'"])]);
  process.env[variable] = JSON.stringify({
    endpoints: endpoints.map(({ accepted, unaccepted, plain }) => ({
      accepted: addressesOf(accepted),
      unaccepted: addressesOf(unaccepted),
      plain: addressesOf(plain),
    })),
    portal: portal.url,
    strict: strict.url,
  } satisfies Addresses);
  return async () => {
    await Promise.all([portal, strict].map((it) => it.stop()));
    await Promise.all(endpoints.flatMap(Object.values<Drp>).map((it) => it.end()));
  };
}

const addressesOf = ({ url, control }: Drp) => ({ url, control });
