// When the world moves while an outage lasts: what the page says in the end is what holds now.
import type { Client } from './client';
import { type Expectation, faults, mark } from './expectation';
import { expect, test } from './fixtures';
import { PAIRS, SOON, type Step } from './pairs';
import { attach, type Side } from './reporter';
import type { Setting } from './rows/row';
import { withSetting } from './setting';

/** Milliseconds until the first fault has been named; a time limit of the page's own may pass first. */
const FIRST = 60_000;

for (const { id, first, then, ...requirements } of PAIRS) {
  test(id, async ({ browser, playwright, launchOptions, endpoints, ways }, testInfo) => {
    await withSetting({ browser, playwright, launchOptions, endpoints, ways }, requirements, async (setting, alone) => {
      const { clients, endpoint } = setting;
      await Promise.all(clients.map((client) => client.connect(endpoint)));
      await Promise.all(clients.map((client) => client.openDialog()));
      await alone.shut();

      const before = await step(setting, { ...first, within: FIRST });
      before.forEach(({ found }, index) => expect.soft(found, `first, ${where(index)}`).toEqual([]));
      let last = before;
      for (const next of then) {
        last = await step(setting, next);
        last.forEach(({ found }, index) => expect.soft(found, `then, ${where(index)}`).toEqual([]));
      }
      await attach(testInfo, { id, sides: last.map(({ side }) => side) });
    });
  });
}

const where = (index: number) => (index === 0 ? 'with the server' : 'from the page alone');

/** Makes it so and waits for the page to say so. */
async function step(setting: Setting, { make, server, alone, within = SOON, tab }: Step) {
  const since = Date.now();
  await make(setting);
  if (tab) await Promise.all(setting.clients.map((client) => client.comeBack()));
  return Promise.all(
    setting.clients.map((client, index) => outcome(client, since, within, index === 0 ? server : alone)),
  );
}

async function outcome(
  client: Client,
  since: number,
  within: number,
  right: Expectation | 'connected',
): Promise<{ side: Side; found: string[] }> {
  if (right === 'connected') {
    const ms = await client.back(since, within);
    const back = ms === undefined ? undefined : { seconds: ms / 1_000, how: 'by itself' };
    const side: Side = { mark: back ? 'right' : 'nothing', waits: (await client.phase()) === 'needs-you', back };
    return { side, found: back ? [] : [`has not come back within ${within / 1_000} s`] };
  }
  const said = await client.current(since, within, (moment) => faults(moment, right).length === 0);
  const { cause, confidence, code, at = since } = said ?? {};
  const side: Side = {
    code: code ?? undefined,
    cause: cause ?? undefined,
    confidence: confidence ?? undefined,
    seconds: Math.max(0, at - since) / 1_000,
    mark: mark(said, right),
    waits: (await client.phase()) === 'needs-you',
  };
  return { side, found: faults(said, right) };
}
