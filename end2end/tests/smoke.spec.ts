import { expect, test } from '../fixtures';

test('the portal serves an app that becomes ready, calm and without a dialog', async ({ megaphone }) => {
  await megaphone.open();
  await megaphone.expectAlarm('calm');
  await expect(megaphone.dialog).not.toBeVisible();
});

test('the simulated endpoint tells programs what it can be asked to do', async ({ drp }) => {
  expect(await drp.state()).toBeInstanceOf(Object);
});
