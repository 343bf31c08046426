// The three screens that matter, narrow and with text of twice the size.
import { cutOff, overlapping, smallTargets, squeezed } from '../fixtures/measure';
import { wholeHeight } from '../fixtures/appearance';
import { expect, test } from './fixtures';

const SIZES = [
  { how: 'narrow', width: 320, text: '100%' },
  { how: 'text of 200 %', width: 1280, text: '200%' },
];

test('nothing is cut off, covered or too small to hit', async ({ megaphone, drp }) => {
  const { tab } = megaphone;
  const wrong: string[] = [];
  const look = async (where: string) => {
    for (const { how, width, text } of SIZES) {
      await tab.size(width, 900);
      await tab.evaluate((text) => void (document.documentElement.style.fontSize = text), text);
      // With room for what the checks may add meanwhile: the foot lies on what has to be scrolled to.
      await tab.size(width, (await tab.evaluate(wholeHeight)) + 600);
      for (const found of [await squeezed(tab), await cutOff(tab), await overlapping(tab), await smallTargets(tab)]) {
        wrong.push(...found.map((it) => `${where}, ${how}: ${it}`));
      }
    }
  };
  await megaphone.open('/troubleshooting');
  await look('troubleshooting');
  await megaphone.open();
  await megaphone.connect(drp.url);
  await look('overview');
  await drp.stop();
  await megaphone.phase('waiting');
  await megaphone.openDialog();
  await expect.poll(async () => (await megaphone.kept()).at(-1)?.cause ?? null).not.toBeNull();
  await look('dialog');
  expect(wrong).toEqual([]);
});
