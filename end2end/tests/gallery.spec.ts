// The gallery around the states: its list, its controls, its other pages.
import { expect, test } from '../fixtures';
import { findings } from '../fixtures/axe';
import { applyAppearance, fourAppearances } from '../fixtures/appearance';
import { states } from '../fixtures/states';

test('the list of the gallery is the list of states, and its search finds', async ({ page }) => {
  await page.goto('/preview');
  const links = page.locator('.gallery-list ul a');
  await expect(links).toHaveCount(states.length);
  expect(await links.evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual(
    states.map(({ address }) => address),
  );
  await links.nth(3).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(states[4]?.address ?? '');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(states[4]?.title ?? '');
  await expect(links.nth(4)).toHaveAttribute('aria-current', 'page');
  await page.getByLabel('Find a state').fill('expired certificate');
  await expect(page.locator('.gallery-list ul a').first()).toBeVisible();
  expect(await links.count()).toBeLessThan(states.length);
});

test('the controls change the address and the state, and what cannot be is said', async ({ page }) => {
  await page.goto('/preview/dialog-waiting');
  const frame = page.frameLocator('iframe');
  const countdown = frame.locator('[data-countdown]').first();
  const tries = frame.locator('.details dl > div').filter({ hasText: 'Attempts since' }).locator('dd');
  await expect(countdown).toHaveText('Next try in 7 s, by itself');
  // Once unfolded, the details stay so for the tab.
  await frame.locator('details[data-fold="details"] > summary').click();
  await expect(tries).toHaveText('5');
  await page.getByLabel('Number of the next try').fill('9');
  await page.getByLabel('Number of the next try').press('Enter');
  await expect(page).toHaveURL(/attempt=9/);
  await expect(tries).toHaveText('8');
  await expect(countdown).toHaveText('Next try in 7 s, by itself');
  await page.goto('/preview/dialog-waiting?attempt=100000&bogus=1&seconds=90');
  const warnings = page.locator('.gallery-warnings');
  await expect(warnings).toContainText('attempt takes a whole number from 1 to 60, not “100000”');
  await expect(warnings).toContainText('There is no input called “bogus”');
  await expect(warnings).toContainText('not 90 s');
  await expect(tries).toHaveText('5');
  await expect(countdown).toContainText('Next try in');
});

test('the search knows whole words, other words for the same, and what a state is', async ({ page }) => {
  await page.goto('/preview');
  const links = page.locator('.gallery-list ul a');
  const search = page.getByLabel('Find a state');
  const found = async (text: string) => {
    await search.fill(text);
    return links.evaluateAll((links) => links.map((link) => link.getAttribute('href')!.replace('/preview/', '')));
  };
  expect((await found('phone')).filter((id) => id.startsWith('megaphone'))).toEqual([]);
  expect(await found('vpn')).not.toEqual([]);
  expect(await found('is:red code:1013')).toContain('code-1013');
  expect(await found('is:amber')).not.toContain('megaphone-red');
  expect(await found('amber')).toContain('megaphone-connecting');
  expect(await found('wifi')).toContain('cause-offline');
  await expect(page.locator('.gallery-list [role=status]')).toHaveText(/^\d+ states?$/);
  // A look is none of a state's words: it is given to whatever is found.
  const dark = await found('expired dark');
  expect(dark).toContain('cause-expired?theme=dark');
  await expect(page.locator('.gallery-list [role=status]')).toHaveText(/^\d+ states?, theme dark$/);
});

test('the first page shows the stored pictures, and two marked states are compared', async ({ page }) => {
  await page.goto('/preview');
  const tile = (id: string) => page.locator('.gallery-tile').filter({ has: page.getByText(id, { exact: true }) });
  const picture = tile('megaphone-red').locator('img');
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  await tile('megaphone-red').getByRole('checkbox').check();
  await tile('megaphone-idle').getByRole('checkbox').check();
  await page.getByRole('link', { name: 'Compare the two' }).click();
  await expect(page).toHaveURL(/compare\?a=megaphone-red&b=megaphone-idle/);
  await expect(page.frameLocator('iframe').nth(0).locator('[data-state="megaphone-red"]')).toBeVisible();
  await expect(page.frameLocator('iframe').nth(1).locator('[data-state="megaphone-idle"]')).toBeVisible();
});

test('two states beside each other scroll as one, led by the one under the pointer', async ({ page }) => {
  await page.goto('/preview/compare?a=troubleshooting&b=troubleshooting-own-loss');
  const side = (n: number) => page.locator('iframe').nth(n);
  const top = (n: number) =>
    side(n)
      .contentFrame()
      .locator('html')
      .evaluate((root) => root.scrollTop);
  for (const n of [0, 1]) {
    await expect(side(n).contentFrame().locator('[data-state]')).toBeVisible();
    await expect(side(n)).not.toHaveAttribute('inert');
  }
  await side(0).hover();
  await page.mouse.wheel(0, 300);
  await expect.poll(() => top(0)).toBeGreaterThan(200);
  await expect.poll(async () => (await top(1)) - (await top(0))).toBe(0);
  await side(1).hover();
  await page.mouse.wheel(0, -200);
  await expect.poll(() => top(1)).toBeLessThan(150);
  await expect.poll(async () => (await top(0)) - (await top(1))).toBe(0);
});

test('one state is compared with itself: in both themes, at two widths, and with its stored picture', async ({
  page,
}) => {
  await page.goto('/preview/compare?a=megaphone-red&vary=theme');
  const scheme = (n: number) =>
    page
      .locator('iframe')
      .nth(n)
      .contentFrame()
      .locator('html')
      .evaluate((root) => getComputedStyle(root).colorScheme);
  await expect.poll(() => scheme(0)).toBe('light');
  await expect.poll(() => scheme(1)).toBe('dark');
  await page.getByLabel('What differs').selectOption('390 and 1280 pixels');
  const width = (n: number) =>
    page
      .locator('iframe')
      .nth(n)
      .contentFrame()
      .locator('html')
      .evaluate(() => innerWidth);
  await expect.poll(() => width(0)).toBe(390);
  await expect.poll(() => width(1)).toBe(1280);
  await page.getByLabel('What differs').selectOption('Stored picture and now');
  const stored = page.locator('.gallery-stored');
  await expect.poll(() => stored.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  await page.getByLabel('Stored picture, from the left').fill('25');
  await expect(stored).toHaveCSS('clip-path', /75%/);
});

test('a wide screen is drawn smaller where it does not fit, and text and vision are those of the address', async ({
  page,
}) => {
  await page.goto('/preview/dialog-waiting');
  await page.getByRole('button', { name: '1280', exact: true }).click();
  await expect(page).toHaveURL(/width=1280/);
  const frame = page.locator('.gallery-frame');
  await expect(page.getByText(/^Drawn at \d+ % to fit\.$/)).toBeVisible();
  const fits = (it: Element) => it.firstElementChild!.getBoundingClientRect().width <= it.clientWidth + 1;
  await expect.poll(() => frame.evaluate(fits)).toBe(true);
  await page.getByLabel('Size of text in percent').selectOption('200');
  const size = () =>
    page
      .frameLocator('iframe')
      .locator('html')
      .evaluate((root) => getComputedStyle(root).fontSize);
  await expect.poll(size).toBe('32px');
  await page.getByLabel('Vision').selectOption('deuteranopia');
  await expect(page.locator('iframe')).toHaveCSS('filter', /deuteranopia/);
  await expect(page).toHaveURL(/text=200&vision=deuteranopia/);
});

test('inputs show what they stand for, and all are put back at once', async ({ page }) => {
  await page.goto('/preview/code-1006');
  await expect(page.getByLabel('Close code')).toHaveAttribute('placeholder', '1006');
  await page.getByLabel('Close code').fill('1011');
  await page.getByLabel('Close code').press('Enter');
  await expect(page).toHaveURL(/code=1011/);
  await page.getByRole('button', { name: 'Reset all' }).click();
  await expect(page).toHaveURL(/code-1006$/);
});

test('one input is put back by itself, and a width can be dragged', async ({ page }) => {
  await page.goto('/preview/code-1006?attempt=3');
  await page.getByRole('spinbutton', { name: 'Close code' }).fill('1011');
  await page.getByRole('spinbutton', { name: 'Close code' }).press('Enter');
  await expect(page).toHaveURL(/code=1011&attempt=3/);
  await page.getByRole('button', { name: 'Reset Close code' }).click();
  await expect(page).toHaveURL(/code-1006\?attempt=3$/);
  await page.getByLabel('Drag the width').fill('500');
  await expect(page).toHaveURL(/width=500/);
  await expect(page.locator('iframe')).toHaveCSS('width', '500px');
});

test('inputs stand beside the frame where there is room, and the toolbar at the bottom of a phone', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('/preview/cause-expired');
  const box = async (selector: string) => (await page.locator(selector).boundingBox())!;
  await expect(page.getByRole('group', { name: 'Certificate' })).toBeVisible();
  const [frame, inputs] = [await box('.gallery-frame'), await box('.gallery-controls')];
  expect(inputs.x).toBeGreaterThanOrEqual(frame.x + frame.width);
  expect(inputs.y).toBeLessThan(frame.y + frame.height);
  // Folded, they leave their room to the frame.
  await page.locator('.gallery-inputs > summary').click();
  await expect.poll(async () => (await box('.gallery-frame')).width).toBeGreaterThan(frame.width + 100);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.locator('.gallery-toolbar')).toBeInViewport({ ratio: 1 });
  const toolbar = await box('.gallery-toolbar');
  expect(toolbar.y + toolbar.height).toBe(844);
});

test('forced colours are imitated with the own rules of the product, and undone', async ({ page }) => {
  await page.goto('/preview/megaphone-red?motion=reduce');
  const button = page.frameLocator('iframe').locator('#megaphone');
  await expect(button).toHaveCSS('background-color', 'rgb(196, 32, 31)');
  await page.getByLabel('Colours').selectOption('forced');
  await expect(page).toHaveURL(/colors=forced/);
  await expect(page.getByText(/^Imitated:/)).toBeVisible();
  await expect(button).toHaveCSS('border-top-width', '3px');
  const colour = (name: string) =>
    button.evaluate((it, name) => {
      const probe = it.ownerDocument.createElement('canvas');
      probe.style.setProperty('accent-color', name);
      it.ownerDocument.documentElement.append(probe);
      const colour = getComputedStyle(probe).accentColor;
      probe.remove();
      return colour;
    }, name);
  await expect(button).toHaveCSS('background-color', await colour('ButtonFace'));
  await expect(button).toHaveCSS('border-top-color', await colour('Highlight'));
  await page.getByRole('button', { name: 'Reset Colours' }).click();
  await expect(button).toHaveCSS('background-color', 'rgb(196, 32, 31)');
  await expect(button).toHaveCSS('border-top-width', '2px');
});

test('the stored picture is copied as an image, and a state without one says so', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/preview/megaphone-red?theme=dark');
  await page.getByRole('button', { name: 'Copy as image' }).click();
  await expect(page.getByRole('button', { name: 'Image copied' })).toBeVisible();
  const types = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap(({ types }) => types));
  expect(types).toEqual(['image/png']);
  const link = page.getByRole('link', { name: 'Download', exact: true });
  await expect(link).toHaveAttribute('download', 'megaphone-red-dark-360.png');
  expect((await page.request.get((await link.getAttribute('href'))!)).headers()['content-type']).toBe('image/png');
  await page.goto('/preview/code-1011');
  await expect(page.getByText('No picture is stored of this state')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy as image' })).toHaveCount(0);
});

test('a key opens the bare state, and another the list of keys', async ({ page, context }) => {
  await page.goto('/preview/megaphone-red');
  await expect(page.locator('html')).toHaveAttribute('data-ready', 'true');
  await page.keyboard.press('?');
  await expect(page.locator('.gallery-keys dl')).toBeVisible();
  await expect(page.locator('.gallery-keys > summary')).toBeFocused();
  const opened = context.waitForEvent('page');
  await page.keyboard.press('b');
  await expect(await opened).toHaveURL(/megaphone-red\?chrome=off$/);
});

test('a key turns the theme, and another the width, to the next', async ({ page }) => {
  await page.goto('/preview/megaphone-red');
  await expect(page.locator('html')).toHaveAttribute('data-ready', 'true');
  for (const theme of [/theme=light$/, /theme=dark$/, /megaphone-red$/]) {
    await page.keyboard.press('t');
    await expect(page).toHaveURL(theme);
  }
  for (const width of [/width=360$/, /width=390$/, /width=768$/, /width=1280$/, /megaphone-red$/]) {
    await page.keyboard.press('w');
    await expect(page).toHaveURL(width);
  }
});

test('keys go to the next state and to the search, unless they are turned off', async ({ page }) => {
  await page.goto('/preview/megaphone-idle');
  await expect(page.locator('html')).toHaveAttribute('data-ready', 'true');
  await page.keyboard.press('j');
  await expect(page).toHaveURL(/megaphone-connecting$/);
  await page.keyboard.press('k');
  await expect(page).toHaveURL(/megaphone-idle$/);
  await page.keyboard.press('/');
  await expect(page.getByLabel('Find a state')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.locator('.gallery-keys summary').click();
  await page.getByLabel('Single keys act').uncheck();
  await page.getByLabel('Single keys act').blur();
  await page.keyboard.press('j');
  await page.keyboard.press('/');
  await expect(page.getByLabel('Find a state')).not.toBeFocused();
  await expect(page).toHaveURL(/megaphone-idle$/);
});

test('after a link the list shows the state that it leads to', async ({ page }) => {
  await page.goto('/preview/troubleshooting');
  await expect(page.locator('.gallery-list a[aria-current=page]')).toBeInViewport();
});

test('an address that names no state says so', async ({ page }) => {
  await page.goto('/preview/no-such-thing');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such state');
});

test('every pair of colours has the contrast that it needs, in both themes', async ({ page }) => {
  await page.goto('/preview/tokens');
  const pairs = page.locator('[data-contrast-holds]');
  await expect(pairs).toHaveCount(52);
  await expect(page.locator('[data-contrast-holds="false"]')).toHaveCount(0);
});

const PAGES = {
  'the first page': '/preview/',
  'the design tokens': '/preview/tokens',
  'the guide': '/preview/guide',
  'a state in its frame, with warnings': '/preview/megaphone-red?attempt=100000',
  'a state that there is not': '/preview/no-such-thing',
  'two states beside each other': '/preview/compare?a=megaphone-red&b=megaphone-idle',
};

for (const [name, address] of Object.entries(PAGES)) {
  test(`axe finds nothing on ${name}`, async ({ page }) => {
    await page.goto(address);
    await expect(page.locator('html')).toHaveAttribute('data-ready', 'true');
    if (address.includes('?')) await expect(page.frameLocator('iframe').first().locator('[data-state]')).toBeAttached();
    for (const appearance of fourAppearances) {
      await applyAppearance(page, appearance);
      expect.soft(await findings(page), `${appearance.colorScheme}, ${appearance.width} px`).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect.soft(overflow, `${appearance.width} px: sideways scrolling`).toBeLessThanOrEqual(0);
    }
  });
}
