// Every way to lose the connection that needs no flag of a browser: what the page says of it, and how it comes back.
import { faults } from '../faults/expectation';
import type { Moment } from '../faults/reading';
import { FAULTS } from './faults';
import { comeBack } from './page';
import { expect, test } from './fixtures';

/** Codes that WebKitGTK does not know: it ends such a connection as if the endpoint had broken the protocol. */
const UNKNOWN_TO_WEBKIT = [1012, 1013, 1014];

const CODES = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3003, 3008, 4001, null];

test('tells every close code', async ({ engineName, megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  test.setTimeout(240_000);
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

for (const code of UNKNOWN_TO_WEBKIT) {
  test(`names what can be known of ${code}`, async ({ engineName, megaphone, drp }) => {
    await megaphone.open();
    await megaphone.connect(drp.url);
    await drp.close(code, 'on purpose');
    // An `error` comes before such a close in WebKitGTK, and broke no rule.
    const expected = engineName === 'webkit' ? [1006, 'cut', 'certain'] : [code, 'closed', 'certain'];
    await expect.poll(() => megaphone.losses()).toBe(1);
    await comeBack(megaphone, drp.url);
    // It is saved once the page has shown that it is back.
    const said = async () => {
      const [lost] = await megaphone.kept();
      return [lost?.code, ...(lost?.cause ?? [])];
    };
    await expect.poll(said).toEqual(expected);
  });
}

for (const { id, make, heal, right, differs, afterwards, looksAway } of FAULTS) {
  test(`names the cause, and comes back: ${id} @faults`, async ({ engineName, running, megaphone, drp }) => {
    await megaphone.open();
    await megaphone.connect(drp.url);
    await megaphone.openDialog();
    await make(drp);
    // The portal believes whatever was heard within the last second.
    if (looksAway) await new Promise((resolve) => setTimeout(resolve, 1_100));
    if (looksAway) await running.lookAway(megaphone.tab);
    const expected = differs?.[engineName] ?? right;
    const newest = async () => (await megaphone.moments()).findLast(({ cause }) => cause !== null);
    const wrong = async () => faults(await newest(), expected);
    await expect.poll(wrong, { message: 'what the page says', timeout: 80_000 }).toEqual([]);
    await heal?.(drp);
    await megaphone.tab.key('Escape');
    const signedIn = await comeBack(megaphone, drp.url);
    // It is saved once the page has shown that it is back. A sign-in begins anew and makes no loss good.
    const lost = async () => (await megaphone.kept()).at(-1);
    if (!signedIn) await expect.poll(async () => (await lost())?.down ?? null, { message: 'saved' }).not.toBeNull();
    const [cause = null, confidence = null] = (await lost())?.cause ?? [];
    const said = { ...(await newest()), cause, confidence, text: '' } as Moment;
    expect(faults(said, afterwards ?? expected), 'what the page says once it is back').toEqual([]);
  });
}
