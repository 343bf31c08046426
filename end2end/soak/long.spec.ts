import { expect, test } from '../fixtures';
import { grown, soak, told } from './soak';

const flaps = Number(process.env.MEGAPHONE_FLAPS) || 2_000;
const seconds = Number(process.env.MEGAPHONE_SECONDS) || Infinity;

test(`${flaps} losses leave nothing behind`, async ({ megaphone, drp, page }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  const figures = await soak(page, drp, flaps, seconds);
  console.log(told(figures));
  expect(figures.sockets).toBe(1);
  expect(grown(figures)).toEqual([]);
});
