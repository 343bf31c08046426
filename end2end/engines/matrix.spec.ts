// The matrix of `faults`, in the engines that have no flags to send them elsewhere: every row that needs nothing of a
// browser but to be one. Where a person has accepted the certificate, the browser is one that takes every certificate.
import { type Expectation, faults, probable } from '../faults/expectation';
import type { Row, Setting } from '../faults/rows/row';
import type { EngineName } from './engine';
import { comeBack, PortalPage } from './page';
import { attach } from './reporter';
import { ANYWHERE, UNSUPPORTED } from './rows';
import { expect, test } from './fixtures';

/** Milliseconds until the page has to say what is right, and in which nothing may be said where nothing is lost. */
const PATIENCE = { said: 80_000, calm: 3_000 };

/** What Firefox lets pass. */
const LENIENT = { frame: 'violation, masked-frame', upgrade: 'an upgrade against the rules, protocol' };

/** Whether the browser refuses the certificate; such a row begins with it. */
const isRefused = ({ id, endpoint }: Row) =>
  endpoint === 'unaccepted' ||
  endpoint === 'company' ||
  id.startsWith('certificate ') ||
  ['expired', 'not-yet-valid', 'unknown-ca', 'wrong-name'].includes(id);

for (const row of ANYWHERE) {
  const refused = isRefused(row);
  const begins = row.first || refused;
  test(`${row.id} @long`, async ({ engineName, own, running, trusting, endpoints, portal }) => {
    const why = UNSUPPORTED[engineName]?.[row.id];
    test.skip(why !== undefined, why);
    test.setTimeout(180_000);
    const kind = row.endpoint === 'plain' ? 'none' : row.endpoint === 'company' ? 'private-ca' : 'self-signed';
    const drp = endpoints[kind];
    await drp.reset();
    // In WebKitGTK a later connection to the endpoint once waited in vain after one that was asked for a certificate.
    const apart = row.id.startsWith('a client certificate');
    const browser = apart ? await own.browser({ acceptInsecureCerts: true }) : refused ? running : trusting;
    const page = new PortalPage(await browser.newTab(), portal.url);
    const setting: Setting = { drp, endpoints: {} as Setting['endpoints'], endpoint: drp.url, clients: [] };
    await page.open();
    if (begins) await page.watch();
    else await page.connect(drp.url);
    await row.make?.(setting);
    if (begins) await page.submit(drp.url);
    const right = rightIn(engineName, row, refused);
    if (right === null) await page.phase('connected');
    else await page.openDialog();
    if (row.hurry) await page.press('Retry now');
    const newest = async () => (await page.moments()).findLast(({ cause }) => cause !== null);
    const wrong = async () => faults(await newest(), right);
    if (right === null) await new Promise((resolve) => setTimeout(resolve, PATIENCE.calm));
    await expect.poll(wrong, { message: 'what the page says', timeout: PATIENCE.said }).toEqual([]);
    await attach(test.info(), { id: row.id, engine: engineName, said: await newest() });
    // Firefox keeps the HTTP/2 connection that it has, whatever the endpoint promises to the next one.
    if (right && row.server && !refused && typeof row.heal !== 'string') {
      await row.heal?.(setting);
      await page.tab.key('Escape');
      await comeBack(page, drp.url);
    }
    await page.tab.evaluate(() => localStorage.clear());
    await page.tab.close();
  });
}

/** What is right to say where an engine tells its page more or less than Chromium does. */
function rightIn(engine: EngineName, row: Row, refused: boolean): Expectation | null {
  const right = row.server;
  // Of the three, Firefox alone takes a server at its word for it.
  if (engine === 'firefox' && row.id === 'WebSockets over HTTP/2 promised') return probable('no-upgrade');
  if (!right || engine === 'chromium') return right;
  const orCut = { ...right, causes: [...right.causes, 'cut'], atMost: 'certain' } as const;
  // Which of a name's addresses is tried first is the engine's choice; from the good one it is back after the cut.
  if (row.id.startsWith('the second address')) return orCut;
  // An `error` comes before the close of any connection that ends badly, not only of one that broke the protocol.
  if (row.id.startsWith('violation, ') && row.id !== LENIENT.frame) return orCut;
  if (engine === 'firefox') {
    if (row.id === LENIENT.frame) return null;
    if (row.id === LENIENT.upgrade) return orCut;
    // It knows such a key, and asks for no such key usage: its warning has a way on.
    const taken = ['certificate no-digital-signature', 'certificate p521'].includes(row.id);
    if (taken) return { causes: ['self-signed'], atMost: 'certain' };
    // 1015 is this browser's own word for it.
    return refused ? { ...right, atMost: 'certain' } : right;
  }
  if (row.id === LENIENT.frame) return orCut;
  // GnuTLS greets in one packet, and asks for no such key usage.
  if (row.id.startsWith('a large greeting')) return orCut;
  if (row.id === 'certificate no-digital-signature') return probable('self-signed');
  // A connection that is closed with one of these ends as if it had been cut.
  return /^closed 101[23]$/.test(row.id) ? { causes: ['cut'], atMost: 'certain' } : right;
}
