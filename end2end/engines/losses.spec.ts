// Every way to lose the connection that needs no flag of a browser: what the page says of it, and how it comes back.
// The faults are those of the matrix; where an engine tells a page something else than Chromium does, it stands here.
import { type Expectation, faults } from '../faults/expectation';
import { ANYWHERE } from '../faults/rows';
import type { Row, Scene } from '../faults/rows/row';
import type { Browser, EngineName } from './engine';
import type { PortalPage } from './page';
import { expect, test } from './stage';

/** Codes that WebKit does not know: it ends such a connection as if the endpoint had broken the protocol. */
const UNKNOWN_TO_WEBKIT = [1012, 1013, 1014];

const CODES = [1000, 1001, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 1014, 3000, 4001, null];

test('tells every close code', async ({ engineName, megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  const told: (number | null)[] = [];
  for (const code of CODES) {
    const before = await megaphone.losses();
    await drp.close(code, code ? 'on purpose' : '');
    await expect.poll(() => megaphone.losses(), { message: `a loss by ${code}` }).toBe(before + 1);
    told.push((await megaphone.kept()).at(-1)?.code ?? 0);
    await comeBack(megaphone, drp.url);
  }
  const expected = (code: number | null) => {
    if (code === null) return 1005;
    return engineName === 'webkit' && UNKNOWN_TO_WEBKIT.includes(code) ? 1006 : code;
  };
  expect(told).toEqual(CODES.map(expected));
});

test('a connection that is reset was cut, and broke no protocol', async ({ megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.cut('reset');
  await expect.poll(async () => (await megaphone.kept()).at(-1)).toMatchObject({ code: 1006, cause: ['cut', 'certain'] });
  await megaphone.phase('connected');
});

for (const row of ANYWHERE.filter(({ id }) => !id.startsWith('closed'))) {
  test(`names the cause of: ${row.id} @matrix`, async ({ engineName, running, megaphone, drp }) => {
    await megaphone.open();
    const scene = { drp, endpoint: drp.url, endpoints: {}, clients: [] } as unknown as Scene;
    if (!row.first) await megaphone.connect(drp.url);
    await row.make?.(scene);
    if (row.id === 'silence') await silent(running, megaphone);
    if (row.first) await megaphone.submit(drp.url);
    if (row.first) await megaphone.watch();
    const wanted = differently(engineName, row) ?? row.server;
    const wrong = async () => faults((await megaphone.moments()).findLast(({ cause }) => cause !== null), wanted);
    await expect.poll(wrong, { message: 'the cause', timeout: 80_000 }).toEqual([]);
    if (typeof row.heal !== 'string') await row.heal?.(scene);
    await comeBack(megaphone, drp.url);
  });
}

/** What an engine lets a page know of a fault, where that is not what Chromium does. */
function differently(_engine: EngineName, _row: Row): Expectation | undefined {
  return undefined;
}

/** The person looks away and comes back. The portal believes whatever was heard within the last second. */
async function silent(running: Browser, { tab }: PortalPage) {
  await tab.evaluate(() => new Promise<void>((resolve) => setTimeout(resolve, 1_100)));
  await running.lookAway(tab);
}

/** Has the connection back as a person would: by waiting, by pressing the button, by signing in. */
async function comeBack(megaphone: PortalPage, endpoint: string) {
  const phase = async () => (await megaphone.face()).phase;
  await expect.poll(phase, { timeout: 3_000 }).toBe('connected').catch(() => undefined);
  if ((await phase()) === 'connected') return;
  const signsIn = await megaphone.tab.evaluate(() => document.querySelector('form#connect') !== null);
  if (signsIn) return megaphone.submit(endpoint).then(() => megaphone.phase('connected', 30_000));
  await megaphone.openDialog();
  await megaphone.press('Retry now');
  await megaphone.phase('connected', 45_000);
  await megaphone.tab.key('Escape');
}
