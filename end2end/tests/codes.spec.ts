// Every way in which a WebSocket can end, made by a real socket: what the page is told of it, and where that is explained.
import { expect, test } from '../fixtures';
import type { Drp, Violation } from '../fixtures/drp';
import { CodeTable } from '../pages/CodeTable';
import type { MegaphonePage } from '../pages/MegaphonePage';

// Every one of them can be met without a mouse as well.
test.use({ input: 'keyboard' });

const ofTheProtocol = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010];
const ofTheRegistry = [1011, 1012, 1013, 1014, 3000, 3003, 3008, 4000, 4999];
const withoutARow = [1016, 2999, 3999];
/** Nothing may send these, and Chromium reports them all the same. */
const illegalAndReported = [0, 999, 1004, 5000, 65535];
/** Codes by which a browser describes an ending; one that arrives on the wire breaks the protocol. */
const illegalAndHidden = [1005, 1006, 1015];

/** The row that explains a code: its own, or that of its range (RFC 6455 section 7.4.2). */
function rowOf(code: number, names: Map<number, string>): number {
  return names.has(code) ? code : Math.max(...[0, 1016, 3001, 4000, 5000].filter((first) => first <= code));
}

/** Connects with the table's own names at hand, and opens the dialog. */
async function begin(megaphone: MegaphonePage, drp: Drp): Promise<Map<number, string>> {
  await megaphone.open('/troubleshooting');
  const names = await new CodeTable(megaphone.page).names();
  await megaphone.input.press(megaphone.page.getByRole('link', { name: 'Overview' }));
  await megaphone.connect(drp.url);
  await megaphone.openDialog();
  await megaphone.dialog.openDetails();
  return names;
}

/** Ends the connection in a way, has `look` look while no later try comes through, and lets the portal connect again. */
async function end(megaphone: MegaphonePage, drp: Drp, way: () => Promise<unknown>, look: () => Promise<void>) {
  await drp.fault({ id: 'no-answer', stage: 'upgrade', cut: false });
  await way();
  await look();
  // Nothing is connected before the fault is gone. Where the portal has given up there is nothing to stop.
  const rests = (await megaphone.button.getAttribute('data-phase')) === 'needs-you';
  if (!rests) await megaphone.dialog.press('Stop trying');
  await drp.heal();
  await megaphone.dialog.press(rests ? 'Retry now' : 'Resume');
  await megaphone.expectPhase('connected');
}

async function expectExplained(megaphone: MegaphonePage, names: Map<number, string>, code: number) {
  const { dialog } = megaphone;
  const row = rowOf(code, names);
  await expect(megaphone.button).toHaveAttribute('data-close-code', String(code));
  const link = dialog.closeCode(`${code} ${names.get(row) ?? 'no name'}`);
  await expect(link).toBeVisible();
  await expect(link).toHaveAttribute('href', `/troubleshooting#${row}`);
}

for (const [kind, codes] of Object.entries({
  'codes of the protocol': ofTheProtocol,
  'codes of servers and applications': ofTheRegistry,
  'codes without a row of their own': withoutARow,
  'illegal codes that a browser reports': illegalAndReported,
})) {
  test(`${kind} are shown with name, reason and the way to their row`, async ({ megaphone, drp }) => {
    test.slow();
    const names = await begin(megaphone, drp);
    for (const code of codes) {
      await test.step(`${code}`, async () => {
        const reason = `because of ${code}`;
        const look = async () => {
          await expectExplained(megaphone, names, code);
          await expect(megaphone.dialog.lossFact('Reason')).toHaveText(reason);
          await expect(megaphone.dialog.lossFact('Clean close')).toHaveText('Yes');
        };
        await end(megaphone, drp, () => drp.close(code, reason), look);
      });
    }
  });
}

test('an ending without a code is 1005, and one that breaks the rules or says nothing is 1006', async ({
  megaphone,
  drp,
}) => {
  test.slow();
  const names = await begin(megaphone, drp);
  const violation = (kind: Violation) => [`a violation: ${kind}`, 1006, () => drp.violate(kind)] as const;
  for (const [name, code, way] of [
    ['an empty close frame', 1005, () => drp.close(null)],
    ['an end of the TCP connection', 1006, () => drp.cut('fin')],
    ['a reset of the TCP connection', 1006, () => drp.cut('reset')],
    violation('reserved-bit'),
    violation('unknown-opcode'),
    violation('bad-utf8'),
    violation('one-byte-close'),
    violation('masked-frame'),
    ...illegalAndHidden.map((code) => [`${code} on the wire`, 1006, () => drp.close(code, 'why')] as const),
  ] as const) {
    await test.step(name, async () => {
      const look = async () => {
        await expectExplained(megaphone, names, code);
        await expect(megaphone.dialog.lossFact('Reason')).toHaveText('None given');
      };
      await end(megaphone, drp, way, look);
    });
  }
});

test('the endpoint’s words are shown to the last byte, as text and nothing else', async ({ megaphone, drp, page }) => {
  await begin(megaphone, drp);
  for (const reason of [
    'ü'.repeat(61) + '.',
    '<img src=x onerror="window.executed=1"><b>bold</b>',
    '</dd><script>window.executed=1</script>',
    '\u202Egnihtemos \u05E9\u05DC\u05D5\u05DD',
    '🔌📣 再起動',
  ]) {
    const look = async () => {
      await expect(megaphone.dialog.lossFact('Reason')).toHaveText(reason);
      await expect(megaphone.dialog.lossFact('Reason')).toHaveAttribute('dir', 'auto');
      await expect(page.locator('img, dd script, dd b')).toHaveCount(0);
    };
    await end(megaphone, drp, () => drp.close(1011, reason), look);
  }
  expect(await page.evaluate(() => 'executed' in window)).toBe(false);
});

test('the link leads to the row, which is open, marked and has the focus', async ({ megaphone, drp, page }) => {
  await begin(megaphone, drp);
  await drp.stop();
  await megaphone.expectAlarm('red');
  await megaphone.input.press(megaphone.dialog.closeCode('1006 Abnormal Closure'));
  await expect(page).toHaveURL(/\/troubleshooting#1006$/);
  await expect(megaphone.dialog.root).not.toBeVisible();
  const row = new CodeTable(page).row(1006);
  await expect(row).toBeFocused();
  await expect(row).toBeInViewport();
  await expect(row.locator('details')).toHaveAttribute('open');
  await expect(row.getByText('Your last loss')).toBeVisible();
});
