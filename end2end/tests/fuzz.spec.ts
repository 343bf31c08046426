// Random and nearly right input to what the page reads with the browser's own means, and no native test can reach: messages
// on the socket, and what lies in storage. `MEGAPHONE_FUZZ=20000` runs as many inputs to each, `MEGAPHONE_SEED` the same
// ones as a run before.
import { expect, test } from '../fixtures';
import { nearly, random } from '../fixtures/random';
import { Feed } from '../pages/Feed';

const inputs = Number(process.env.MEGAPHONE_FUZZ ?? 300);
const seed = Number(process.env.MEGAPHONE_SEED ?? Date.now() % 1_000_000);

/** As many as the list shows, so that each of them is read. */
const AT_ONCE = 30;

const MESSAGE = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '"Type":"machines"',
  '"Type":"websocket"',
  '"Action":"update"',
  '"Key":"k"',
  '"Key":null',
  '"Principal":{"Password":"not to be seen"}',
  '"Object":{"api_token":"not to be seen"}',
  '"Type":"machines","Action":"create","Key":"<svg onload=window.ran=1>","Object":{"a":[1,2,{"Secret":"not to be seen"}]}',
  '"__proto__":{"toString":1}',
  '1e999',
  '-0',
  'null',
  'true',
  '"\\ud800"',
  '"\u202e\u0000"',
  '['.repeat(3_000),
  'x'.repeat(5_000),
  ' ',
  '\n',
];

const STORED = [
  ...MESSAGE.slice(0, 6),
  '"endpoint":"https://localhost:1"',
  '"endpoint":"not an address"',
  '"token":"t"',
  '"user":"u"',
  '"life":[1,2]',
  '"life":[-1,1e300]',
  '"life":{}',
  '"losses":[]',
  '"total":4294967296',
  '"code":1006',
  '"at":1e999',
  'dark',
  'light',
  '["https://localhost:1"]',
  'null',
  '1e999',
  '"\\ud800"',
  '-1',
];

test.beforeEach(({}, testInfo) => {
  testInfo.annotations.push({ type: 'seed', description: String(seed) });
});

test('messages of any text are shown or said to be unreadable, and no secret of them', async ({
  megaphone,
  drp,
  page,
}) => {
  test.setTimeout(60_000 + inputs * 50);
  const next = random(seed);
  const feed = new Feed(page);
  await megaphone.open();
  await megaphone.connect(drp.url);
  const received = async () => Number.parseInt(await page.getByText(/^\d+ received$/).innerText(), 10);
  await expect.poll(received, 'the endpoint has acknowledged the subscription').toBe(1);
  for (let sent = 0; sent < inputs; sent += AT_ONCE) {
    const texts = Array.from({ length: AT_ONCE }, () =>
      next() < 0.5 ? `{${nearly(next, MESSAGE)}}` : nearly(next, MESSAGE),
    );
    await Promise.all(texts.map((text) => drp.send({ text })));
    await expect.poll(received, `seed ${seed}`).toBe(1 + sent + AT_ONCE);
    const rows = feed.list.locator('summary');
    const readable = await rows.count();
    if (readable > 0) {
      await rows.nth(Math.floor(next() * readable)).click();
      await expect(feed.list.locator('pre')).toHaveCount(1);
      expect(await feed.list.innerText(), `seed ${seed}`).not.toContain('not to be seen');
      await page.getByRole('button', { name: 'Freeze list' }).click();
      await expect(page.getByRole('button', { name: 'Freeze list' })).toHaveAttribute('aria-pressed', 'false');
    }
  }
  expect(await feed.list.locator('[onload]').count()).toBe(0);
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  await megaphone.expectPhase('connected');
  expect((await drp.state()).upgrades_accepted).toBe(1);
});

test('whatever lies in storage, the page starts', async ({ megaphone, page }) => {
  const loads = Math.ceil(inputs / 10);
  test.setTimeout(60_000 + loads * 2_000);
  const next = random(seed);
  await megaphone.open('/troubleshooting');
  for (let load = 0; load < loads; load++) {
    const text = () => (next() < 0.5 ? `{${nearly(next, STORED)}}` : nearly(next, STORED));
    const filled = (keys: string[]) => keys.map((key) => [key, text()] as const);
    const kept = filled(['megaphone.session', 'megaphone.losses']);
    const remembered = filled(['megaphone.endpoints', 'megaphone.certificates', 'theme', 'fonts']);
    await page.evaluate(
      ({ kept, remembered }) => {
        for (const [key, text] of kept) sessionStorage.setItem(key, text);
        for (const [key, text] of remembered) localStorage.setItem(key, text);
      },
      { kept, remembered },
    );
    await page.goto('/');
    await megaphone.expectReady();
    await expect(megaphone.button, `seed ${seed}`).toBeEnabled();
  }
});
