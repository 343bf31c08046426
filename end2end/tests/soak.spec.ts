// The short form of `cargo xtask soak`: what would be left over after thousands of losses shows after some dozens.
import { expect, test } from '../fixtures';
import { grown, soak, told } from '../soak/soak';

// Traces hold on to what the page lets go of.
test.use({ trace: 'off' });

test('dozens of losses leave one socket, and no memory or nodes behind', async ({ megaphone, drp, page }, testInfo) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  const figures = await soak(page, drp, 60, 25);
  testInfo.annotations.push({ type: 'figures', description: told(figures) });
  expect(figures.flaps).toBeGreaterThan(10);
  expect(figures.sockets).toBe(1);
  expect(grown(figures)).toEqual([]);
});
