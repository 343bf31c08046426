// One list of scenarios in three engines: `cargo xtask test --only engines`, or by hand as the suite itself with
// `--config engines/playwright.config.ts`. Playwright runs and counts them; the browsers are the system's own.
import path from 'node:path';
import { defineConfig } from '@playwright/test';
import suite from '../playwright.config';
import type { EngineName } from './engine';
import type { Options } from './fixtures';

/** Long scenarios, among them the matrix of faults, which has a part of its own in Chromium. */
const full = Boolean(process.env.MEGAPHONE_ENGINES_FULL);

const OUTAGES = 'outage.spec.ts';

/** What of it is only for the full run, or for another engine. */
const ENGINES: { name: EngineName; skipped: RegExp[]; testIgnore: string[] }[] = [
  { name: 'firefox', skipped: [/@long/], testIgnore: [] },
  { name: 'webkit', skipped: [/@long/, /@firefox/], testIgnore: [] },
  { name: 'chromium', skipped: [/@long/, /@firefox/, /@faults/], testIgnore: ['matrix.spec.ts'] },
];

export default defineConfig<object, Options>({
  testDir: __dirname,
  outputDir: path.resolve(__dirname, '../../target/engines/results'),
  reporter: [['list'], ['./reporter.ts']],
  workers: 6,
  retries: suite.retries,
  forbidOnly: suite.forbidOnly,
  timeout: 120_000,
  // Whatever hangs, the run ends.
  globalTimeout: full ? undefined : 20 * 60_000,
  expect: { timeout: 15_000 },
  projects: ENGINES.flatMap(({ name, skipped, testIgnore }) => {
    // One browser: a tab in front is the only one that works as if it were watched. A second one waits for minutes meanwhile.
    const shared = { workers: 1, use: { engineName: name }, grepInvert: full ? undefined : skipped };
    return [
      { ...shared, name, testIgnore: [OUTAGES, ...testIgnore] },
      { ...shared, name: `${name}, outages`, testMatch: OUTAGES },
    ];
  }),
});
