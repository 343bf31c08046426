// Every fault for real, each met by two pages at the same moment: one whose portal server looks along, and one whose
// server has gone away after it was loaded.
import type { Client } from './client';
import { type Expectation, faults, mark, WAITING } from './expectation';
import { expect, test } from './fixtures';
import type { Moment } from './reading';
import { attach, type Side } from './reporter';
import { ROWS } from './rows';
import type { Row, Setting } from './rows/row';
import { withSetting } from './setting';

/** Milliseconds. A silent endpoint takes 8 s to give up, 10 s for the next try, and more for the checks. */
const patience = { calm: 3_000, once: 45_000, repeated: 75_000, waits: 45_000, back: 45_000 };

for (const row of ROWS) {
  test(row.id, async ({ browser, playwright, launchOptions, endpoints, ways }, testInfo) => {
    await withSetting({ browser, playwright, launchOptions, endpoints, ways }, row, async (setting, alone) => {
      const { clients, endpoint } = setting;
      const each = <T>(act: (client: Client, index: number) => Promise<T>) => Promise.all(clients.map(act));

      if (!row.first) {
        await each((client) => client.connect(endpoint));
        await each((client) => client.openDialog());
        await row.ready?.(setting);
      }
      await alone.shut();

      let since = Date.now();
      await row.make?.(setting);
      if (row.first) {
        since = Date.now();
        await each((client) => client.submit(endpoint));
        await each((client) => client.openDialog());
      }
      if (row.hurry) await each((client) => client.megaphone.dialog.button('Retry now').click());
      if (row.kept) await each((client) => client.back(since, patience.back));
      const expected = [row.server, row.alone];
      const verdicts = await each((client, index) => verdict(client, since, row, expected[index] ?? null));
      // Some losses bring the portal to wait at once, others after a few tries.
      if (row.waits) await each((client) => client.megaphone.expectPhase('needs-you', { timeout: patience.waits }));
      const phases = await each((client) => client.phase());
      const returns = await afterHeal(row, setting, since);

      const sides = verdicts.map((said, index): Side => ({
        ...told(said, since),
        mark: mark(said, expected[index] ?? null),
        waits: phases[index] === 'needs-you',
        back: returns[index],
      }));
      const unhealed = typeof row.heal === 'string' ? row.heal : undefined;
      await attach(testInfo, { id: row.id, sides, unhealed });

      for (const [index, right] of expected.entries()) {
        const where = index === 0 ? 'with the server' : 'from the page alone';
        expect.soft(faults(verdicts[index], right), where).toEqual([]);
        const { cause, waits } = sides[index] ?? {};
        expect.soft(waits, `waits for a person, ${where}`).toBe(row.waits ?? WAITING.includes(cause ?? ''));
        if (!unhealed) expect.soft(returns[index], `came back, ${where}`).toBeDefined();
      }
    });
  });
}

/** What the page says once it is right, or when the time is up. */
function verdict(client: Client, since: number, row: Row, right: Expectation | null): Promise<Moment | undefined> {
  const limit = row.repeated ? patience.repeated : right ? patience.once : patience.calm;
  return client.verdict(since, limit, (moment) => right !== null && faults(moment, right).length === 0);
}

/** Heals the fault; resolves with how each page came back, or undefined for one that did not. */
async function afterHeal(row: Row, setting: Setting, since: number): Promise<Side['back'][]> {
  if (typeof row.heal === 'string') return [];
  const waiting = await Promise.all(setting.clients.map(async (client) => (await client.phase()) === 'needs-you'));
  await row.heal?.(setting);
  const healed = row.heal || row.person ? Date.now() : since;
  return Promise.all(
    setting.clients.map(async (client, index) => {
      if (row.person) await row.person(client, setting);
      if (row.person || waiting[index]) await client.comeBack();
      const ms = await client.back(healed, patience.back);
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

function told(said: Moment | undefined, since: number): Pick<Side, 'code' | 'cause' | 'confidence' | 'seconds'> {
  if (!said?.cause || !said.confidence) return {};
  const { code, cause, confidence, at } = said;
  return { code: code ?? 0, cause, confidence, seconds: (at - since) / 1_000 };
}
