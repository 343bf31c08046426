// What is stored of the states is what there is to store: no state lacks its files, and none is left of a state that is gone.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '../../fixtures';
import { pictureOf, states, storedLooks, treeOf } from '../../fixtures/states';

const store = path.resolve(__dirname, '../../states');

test('each state is stored, and nothing else', async ({ page }, testInfo) => {
  const wanted = (await states(page)).flatMap((state) => [
    treeOf(state).join('/'),
    ...storedLooks.map((look) => pictureOf(state, look).join('/')),
  ]);
  const stored = fs.readdirSync(store, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = stored.map(({ parentPath, name }) => path.relative(store, path.join(parentPath, name)).split(path.sep).join('/'));
  if (testInfo.config.updateSnapshots === 'none') {
    expect(names.sort()).toEqual(wanted.sort());
  } else {
    // The other specs store what is missing.
    for (const name of names.filter((name) => !wanted.includes(name))) fs.rmSync(path.join(store, name));
  }
});
