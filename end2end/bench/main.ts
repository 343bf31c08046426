// Measures the portal beside two pages that do the same: one written by hand, one in React. `cargo xtask bench` builds all
// that this needs, and says what it takes.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Chromium } from './browser';
import { type Plan, measure } from './rounds';
import { rows } from './rows';
import { start } from './stage';
import { print, ratio } from './table';

const QUICK: Plan = { rounds: 2, losses: 6, floods: 1, scores: 0 };
const FULL: Plan = { rounds: 5, losses: 12, floods: 5, scores: 3 };

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    json: { type: 'string', default: path.resolve(__dirname, '../../target/bench/bench.json') },
  },
});

async function main() {
  const plan: Plan = { ...(values.quick ? QUICK : FULL), ...(values.rounds && { rounds: Number(values.rounds) }) };
  const contenders = await start();
  const browser = await Chromium.start();
  try {
    const measured = await measure(browser, contenders, plan);
    const table = rows(measured);
    const { version } = browser;
    const machine = `${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.availableParallelism()} cores, ${version}`;
    console.log(
      `\n${print(table)}\n\n${machine}; ${plan.rounds} rounds; medians, and in brackets the least and the greatest`,
    );
    const report = {
      at: new Date().toISOString(),
      machine,
      plan,
      rows: table.map((row) => ({ ...row, ratio: ratio(row) })),
    };
    fs.mkdirSync(path.dirname(values.json), { recursive: true });
    fs.writeFileSync(values.json, JSON.stringify({ ...report, measured }, null, 2));
    console.log(`all figures: ${values.json}`);
  } finally {
    await browser.close();
    await Promise.all(contenders.map((contender) => contender.end()));
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
