import { expect, test } from '../fixtures';

test('the portal serves an app that becomes ready, calm and without a dialog', async ({ megaphone }) => {
  await megaphone.open();
  await megaphone.expectAlarm('calm');
  await expect(megaphone.dialog.root).not.toBeVisible();
});

test('a connection that is cut is lost and comes back by itself', async ({ megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.stop();
  await megaphone.expectAlarm('red');
  await drp.start();
  await megaphone.expectPhase('connected');
  await megaphone.expectAlarm('calm');
});

test('the simulated endpoint does what it is told, on ports of its own', async ({ drp }) => {
  expect(await drp.fault({ id: 'idle-cut', seconds: 3 })).toMatchObject({ fault: { id: 'idle-cut', seconds: 3 } });
  expect(await drp.heal()).toMatchObject({ fault: null, listening: true });
  await expect(drp.fault({ id: 'bad-hair-day' })).rejects.toThrow('no fault is called');
});
