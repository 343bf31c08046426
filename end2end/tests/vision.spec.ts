// The alarm by its weight on the bar, for eyes that see colours otherwise or not at all. Measured on what is painted.
import type { CDPSession, Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { expect, test } from '../fixtures';

/** As Chromium can show them: the three colour deficiencies, no colour at all, and all colours. */
const eyes = ['none', 'protanopia', 'deuteranopia', 'tritanopia', 'achromatopsia'] as const;
/** A state of the gallery for each alarm. */
const states = { calm: 'megaphone-connected', amber: 'megaphone-reconnecting', red: 'megaphone-red' } as const;

/** How an alarm stands out: its edge and its ground against the bar, as contrasts of WCAG. */
interface Weight {
  edge: number;
  ground: number;
  /** Its text or drawing against its own ground. */
  ink: number;
}

for (const eye of eyes) {
  test(`red is the heaviest alarm and amber heavier than calm: ${eye}`, async ({ page, context }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const weights: Record<string, Weight> = {};
    for (const [alarm, state] of Object.entries(states)) {
      await page.goto(`/preview/${state}?chrome=off`);
      const button = page.locator('#megaphone');
      await expect(button).toHaveAttribute('data-alarm', alarm);
      weights[alarm] = await weigh(page, await context.newCDPSession(page), eye);
    }
    test.info().annotations.push({ type: eye, description: JSON.stringify(weights) });
    const { calm, amber, red } = weights as Record<keyof typeof states, Weight>;
    for (const { edge, ink } of [calm, amber, red]) {
      expect(edge, 'the edge is seen on the bar').toBeGreaterThanOrEqual(3);
      expect(ink, 'the text is read on its ground').toBeGreaterThanOrEqual(4.5);
    }
    expect(amber.edge, 'amber is heavier than calm').toBeGreaterThan(calm.edge);
    expect(red.edge, 'red is heavier than amber').toBeGreaterThan(1.3 * amber.edge);
    expect(red.ground, 'red alone has a ground of its own').toBeGreaterThan(1.5);
    expect(amber.ground, 'amber has the ground of the bar').toBeLessThan(1.1);
  });
}

async function weigh(page: Page, session: CDPSession, type: (typeof eyes)[number]): Promise<Weight> {
  await session.send('Emulation.setEmulatedVisionDeficiency', { type });
  const box = await page.locator('#megaphone').boundingBox();
  if (!box) throw new Error('the megaphone is not on the page');
  const png = PNG.sync.read(await page.screenshot());
  const at = (x: number, y: number) => {
    const start = (png.width * Math.round(y) + Math.round(x)) * 4;
    return luminance([...png.data.subarray(start, start + 3)]);
  };
  const middle = box.y + box.height / 2;
  const bar = at(box.x + box.width + 6, box.y - 4);
  const ground = at(box.x + 5, middle);
  // The letters and lines have pixels of the ink's own colour, beside paler ones at their edges.
  const inks: number[] = [];
  for (let x = box.x + 6; x < box.x + box.width - 6; x++) {
    for (let y = box.y + 8; y < box.y + box.height - 8; y++) inks.push(contrast(at(x, y), ground));
  }
  return { edge: contrast(at(box.x, middle), bar), ground: contrast(ground, bar), ink: Math.max(...inks) };
}

const contrast = (one: number, other: number) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

/** Relative luminance of a colour of three bytes (WCAG 2.2). */
function luminance(colour: number[]): number {
  const [red = 0, green = 0, blue = 0] = colour
    .map((byte) => byte / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
