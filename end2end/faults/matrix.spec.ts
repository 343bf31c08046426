// Every fault for real, each met by two pages at the same moment: one whose portal server looks along, and one whose
// server has gone away after it was loaded.
import type { Browser, BrowserContext, TestInfo } from '@playwright/test';
import type { Door } from './door';
import type { Figures, Side } from './reporter';
import { ROWS, type Row, type Scene } from './rows';
import { Seat, type Verdict } from './seat';
import { expect, test } from './stage';

/** Milliseconds. A silent endpoint takes 8 s to give up, 10 s for the next try, and more for the checks. */
const patience = { calm: 2_000, once: 45_000, repeated: 75_000, back: 45_000 };

for (const row of ROWS) {
  test(row.id, async ({ browser, endpoints, doors }, testInfo) => {
    const drp = endpoints[row.endpoint ?? 'accepted'];
    await drp.reset();
    const endpoint = drp.url.replace('localhost', row.host ?? 'localhost');
    const [open, shut] = doors[row.portal === 'secure' ? 'plain' : (row.portal ?? 'plain')];
    await shut.reopen();
    const seats = await Promise.all([open, shut].map((door) => takeSeat(browser, door, row)));
    const scene: Scene = { drp, endpoint, seats };
    const each = <T>(act: (seat: Seat, index: number) => Promise<T>) => Promise.all(seats.map(act));

    if (!row.first) {
      await each((seat) => seat.connect(endpoint));
      await each((seat) => seat.openDialog());
      await row.ready?.(scene);
    }
    await shut.shut();

    let since = Date.now();
    await row.make?.(scene);
    if (row.first) {
      since = Date.now();
      await each((seat) => seat.submit(endpoint));
      await each((seat) => seat.openDialog());
    }
    if (row.hurry) await each((seat) => seat.megaphone.dialog.button('Retry now').click());
    if (row.kept) await each((seat) => seat.back(since, patience.back));
    const named = [[row.server], row.alone];
    const limit = row.repeated ? patience.repeated : row.server ? patience.once : patience.calm;
    const wanted = (index: number) => (row.repeated ? named[index]?.[0]?.[0] : undefined);
    const verdicts = await each((seat, index) => seat.verdict(since, limit, wanted(index)));
    const phases = await each((seat) => seat.phase());

    const returns = await afterHeal(row, scene, since);
    const sides = verdicts.map((verdict, index): Side => ({
      ...told(verdict, since),
      waits: phases[index] === 'needs-you',
      back: returns[index],
    }));
    const unhealed = typeof row.heal === 'string' ? row.heal : undefined;
    await tell(testInfo, { id: row.id, server: sides[0], alone: sides[1], unhealed });
    await each((seat) => seat.leave());

    for (const [index, expected] of named.entries()) {
      const where = index === 0 ? 'with the server' : 'from the page alone';
      const { cause, sure, waits, back } = sides[index] ?? {};
      expect.soft(expected, `the cause, ${where}`).toContainEqual(cause ? [cause, sure] : null);
      const { sentence, badge } = verdicts[index] ?? {};
      if (sentence) expect.soft(badge?.toLowerCase(), `the word beside “${sentence}”`).toBe(sure);
      expect.soft(waits, `waits for a person, ${where}`).toBe(row.waits?.[index] ?? false);
      if (typeof row.heal !== 'string') expect.soft(back, `came back, ${where}`).toBeDefined();
    }
  });
}

/** Heals the fault; resolves with how each page came back, or undefined for one that did not. */
async function afterHeal(row: Row, scene: Scene, since: number): Promise<Side['back'][]> {
  if (typeof row.heal === 'string') return [];
  const waiting = await Promise.all(scene.seats.map(async (seat) => (await seat.phase()) === 'needs-you'));
  await row.heal?.(scene);
  const healed = row.heal || row.person ? Date.now() : since;
  return Promise.all(
    scene.seats.map(async (seat, index) => {
      if (row.person) await row.person(seat, scene);
      if (row.person || waiting[index]) await seat.comeBack();
      const ms = await seat.back(healed, patience.back);
      return ms === undefined ? undefined : { seconds: ms / 1_000, how: way(row, waiting[index] ?? false) };
    }),
  );
}

function way({ server, person, hurry }: Row, waited: boolean): string {
  if (!server) return 'never away';
  if (person) return 'a person acted';
  if (waited) return 'back on the tab';
  return hurry ? 'Retry now' : 'by itself';
}

function told(verdict: Verdict | undefined, since: number): Pick<Side, 'code' | 'cause' | 'sure' | 'seconds'> {
  if (!verdict) return {};
  const { code, cause, sure, at } = verdict;
  return { code, cause, sure, seconds: (at - since) / 1_000 };
}

/** A seat at the page as this row has it served. */
function takeSeat(browser: Browser, door: Door, row: Row): Promise<Seat> {
  if (row.portal !== 'secure') return Seat.take(browser, door);
  const origin = 'https://portal.test';
  // The page's own requests reach its server over this line; the browser holds it to the rules of https all the same.
  const overHttps = (context: BrowserContext) =>
    context.route(`${origin}/**`, async (route) => {
      const url = route.request().url().replace(origin, door.url);
      const response = await route.fetch({ url }).catch(() => undefined);
      await (response ? route.fulfill({ response }) : route.abort('connectionrefused'));
    });
  return Seat.take(browser, door, origin, overHttps);
}

const tell = (testInfo: TestInfo, figures: Figures) =>
  testInfo.attach('figures', { body: JSON.stringify(figures), contentType: 'application/json' });
