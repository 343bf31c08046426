// Measures the portal beside two pages that do the same: one written by hand, one in React. `cargo xtask bench` builds all
// that this needs, and says what it takes; by hand, after it: cd end2end/bench && npx tsx main.ts --quick
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Chromium } from './browser';
import { WANTED } from './measures/flood';
import { type Plan, measure } from './rounds';
import { rows } from './rows';
import { start } from './contenders';
import { print, ratio } from './table';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    json: { type: 'string', default: path.resolve(__dirname, '../../target/bench/bench.json') },
  },
});

function plan(): Plan {
  const rounds = Number(values.rounds ?? (values.quick ? 2 : 5));
  return values.quick ? { rounds, losses: 6, floods: 1, scores: 0 } : { rounds, losses: 12, floods: rounds, scores: 3 };
}

async function main() {
  const asked = plan();
  const contenders = await start();
  const browser = await Chromium.start();
  const measured = await measure(browser, contenders, asked);
  const machine = `${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.availableParallelism()} cores, ${browser.version}`;
  await browser.close();
  await Promise.all(contenders.map((contender) => contender.end()));

  const table = rows(measured);
  console.log(`\n${print(table)}\n`);
  console.log(`${machine}; rounds: ${asked.rounds}; medians, in brackets the least and the greatest of the rounds`);
  const fewest = Math.min(
    ...Object.values(measured.floods)
      .flat()
      .map(({ events }) => events),
  );
  if (fewest < 0.9 * WANTED) {
    console.log(
      `busy machine: of ${WANTED} events ${fewest} came to one page, so the pages' floods are hardly the same`,
    );
  }
  const unscored = measured.scores.filter(({ samples }) => samples.length < asked.scores);
  for (const { page, device, samples } of unscored) {
    console.log(`Lighthouse gave ${samples.length} of ${asked.scores} scores: ${page}, ${device}`);
    process.exitCode = 1;
  }
  const report = table.map((row) => ({ ...row, ratio: ratio(row) }));
  const json = JSON.stringify({ at: new Date(), machine, plan: asked, rows: report, measured }, null, 2);
  fs.mkdirSync(path.dirname(values.json), { recursive: true });
  fs.writeFileSync(values.json, json);
  console.log(`all figures: ${values.json}`);
}

main().catch((error) => {
  console.error(error);
  // What was started is still running; it is ended with this process (fixtures/reaper.ts).
  process.exit(1);
});
