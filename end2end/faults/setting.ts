// The setting of a row or a pair: the endpoints as if just started, a browser, and two pages, one of which will have to do
// without the portal's server.
import type { Browser, BrowserContext, LaunchOptions, PlaywrightWorkerArgs } from '@playwright/test';
import type { Drp } from '../fixtures/drp';
import { Client, type Profiles } from './client';
import type { Ways } from './fixtures';
import type { OwnBrowser, Row, Setting } from './rows/row';
import type { Kind } from './setup';
import type { TcpProxy } from './tcp_proxy';

export interface Tools {
  browser: Browser;
  playwright: PlaywrightWorkerArgs['playwright'];
  launchOptions: LaunchOptions;
  endpoints: Record<Kind, Drp>;
  ways: Record<'plain' | 'strict' | 'public', Ways>;
}

/** What a row or a pair asks of its setting. */
export type Requirements = Pick<Row, 'endpoint' | 'host' | 'port' | 'portal' | 'prepare' | 'browser'>;

/** Sets up what the row asks for, runs the test in it, and tears it down. */
export async function withSetting(
  tools: Tools,
  row: Requirements,
  run: (setting: Setting, alone: TcpProxy) => Promise<void>,
) {
  const { endpoints, ways } = tools;
  await Promise.all(Object.values(endpoints).map((endpoint) => endpoint.reset()));
  const drp = endpoints[row.endpoint ?? 'accepted'];
  const address = new URL(drp.url);
  if (row.host) address.hostname = row.host;
  if (row.port) address.port = String(row.port);
  const way = ways[row.portal === 'secure' || row.portal === 'same-host' ? 'plain' : (row.portal ?? 'plain')];
  await Promise.all(way.map((proxy) => proxy.reopen()));
  const own = row.browser && (await launch(tools, row.browser, await row.browser.args({ drp, endpoints })));
  const clients = await Promise.all(way.map((proxy) => open(own ?? tools.browser, proxy, row)));
  await run({ drp, endpoints, endpoint: address.origin, clients }, way[1]);
  await Promise.all(clients.map((client) => client.close()));
  await own?.close();
  await row.browser?.end?.();
}

/** A browser with further options; the rules of the resolver join those that are there. */
async function launch({ playwright, launchOptions }: Tools, { onDisk }: OwnBrowser, more: string[]): Promise<Profiles> {
  const name = '--host-resolver-rules=';
  const rules = more.filter((option) => option.startsWith(name)).map((option) => option.slice(name.length));
  const args = [...(launchOptions.args ?? []), ...more.filter((option) => !option.startsWith(name))];
  const options = {
    ...launchOptions,
    // The first rule that fits a host is taken.
    args: args.map((option) =>
      option.startsWith(name) ? name + [...rules, option.slice(name.length)].join(',') : option,
    ),
  };
  if (!onDisk) return playwright.chromium.launch(options);
  // A browser for each profile, in a directory that Playwright makes and removes.
  const newContext = () =>
    playwright.chromium.launchPersistentContext('', { ...options, ignoreDefaultArgs: ['--disable-extensions'] });
  return { newContext, close: async () => undefined };
}

/** A page, served as the row asks for. */
function open(browser: Profiles, server: TcpProxy, { portal, prepare }: Requirements): Promise<Client> {
  if (portal === 'same-host')
    return Client.open(browser, server, server.url.replace('127.0.0.1', 'localhost'), prepare);
  if (portal !== 'secure') return Client.open(browser, server, server.url, prepare);
  const origin = 'https://portal.test';
  // The page's own requests reach its server over this line; the browser holds it to the rules of https all the same.
  const overHttps = async (context: BrowserContext) => {
    await prepare?.(context);
    await context.route(`${origin}/**`, async (route) => {
      const url = route.request().url().replace(origin, server.url);
      const response = await route.fetch({ url }).catch(() => undefined);
      await (response ? route.fulfill({ response }) : route.abort('connectionrefused'));
    });
  };
  return Client.open(browser, server, origin, overHttps);
}
