// What is stored of the states is what there is to store: no state lacks its files, none is left of a state that is gone, and
// the pictures show every component and every group.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '../../fixtures';
import { pictureOf, readmePicture, show, states, treeOf } from '../../fixtures/states';

const store = path.resolve(__dirname, '../../states');
const components = path.resolve(__dirname, '../../../src/components');
const pictured = states.filter(({ pictures }) => pictures.length > 0);

test('each state is stored, and nothing else', async ({}, testInfo) => {
  const ofStates = states.flatMap((state) => [
    treeOf(state).join('/'),
    ...state.pictures.map((picture) => pictureOf(state, picture).join('/')),
  ]);
  const wanted = [...ofStates, readmePicture.join('/')];
  const stored = fs.readdirSync(store, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = stored.map(({ parentPath, name }) =>
    path.relative(store, path.join(parentPath, name)).split(path.sep).join('/'),
  );
  if (testInfo.config.updateSnapshots === 'none') {
    expect(names.sort()).toEqual(wanted.sort());
  } else {
    // The other specs store what is missing.
    for (const name of names.filter((name) => !wanted.includes(name))) fs.rmSync(path.join(store, name));
  }
});

test('every group of states has a picture', () => {
  expect([...new Set(pictured.map(({ group }) => group))]).toEqual([...new Set(states.map(({ group }) => group))]);
});

/**
 * By what each file of `src/components` that draws is recognised on a screen, and no other. The live region is only heard,
 * and stands in the trees.
 */
const SHOWN_AS: Record<string, string | undefined> = {
  certificate_notice: 'section.notice',
  checklist: '.checks',
  close_badge: '.dialog-about a',
  code_table: 'table.codes',
  connect_form: 'form#connect',
  controls: '.dialog-buttons button',
  copy_button: 'button[aria-label="Copy"]',
  decoder: '#console-line',
  details: '.details',
  dialog: 'dialog#connection-dialog',
  dialog_content: '.dialog-body',
  facts: 'dl.facts dt:text-is("Clean close")',
  feed: '[data-event-key]',
  field: '#user',
  fold: '[data-fold="details"]',
  header: 'header.bar',
  heading: 'h1[tabindex]',
  // The gallery has every part in it, so none is waited for: tests/parts.spec.ts.
  later: undefined,
  live_region: undefined,
  megaphone: 'button#megaphone',
  own_loss: '.own-loss',
  question: '[data-fold="ask"]',
  remedy: 'ol.steps',
  report: 'button:has-text("Download report")',
  sign_in: '#sign-in-again',
  status_row: '.status-row',
  theme_switch: 'fieldset.segments:has-text("Theme")',
  timeline: '[data-loss]',
  verdict: 'h3:text-is("What speaks for it")',
  way: 'figure.way',
};

test('every component stands in a picture', async ({ page }) => {
  const files = fs.readdirSync(components).filter((name) => name.endsWith('.rs'));
  const drawn = files.filter((name) => fs.readFileSync(path.join(components, name), 'utf8').includes('view! {'));
  expect(Object.keys(SHOWN_AS).sort()).toEqual(drawn.map((name) => name.replace('.rs', '')).sort());
  const missing = new Map(Object.entries(SHOWN_AS).filter(([, selector]) => selector));
  expect(new Set(missing.values()).size, 'each has a selector of its own').toBe(missing.size);
  // What is folded is unfolded once in a tab, and stays so.
  await page.addInitScript(() => sessionStorage.setItem('fold-details', 'open'));
  for (const state of pictured) {
    await show(page, state);
    for (const [name, selector] of missing) {
      // What is there and not rendered, as the form is while connected, stands in no picture.
      const found = page.locator(`${selector} >> visible=true`);
      if ((await found.count()) > 0) missing.delete(name);
    }
    if (missing.size === 0) break;
  }
  expect([...missing.keys()]).toEqual([]);
});
