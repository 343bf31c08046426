// One list of scenarios in three engines: `cargo xtask test --only engines`, or by hand as the suite itself with
// `--config engines/playwright.config.ts`. Playwright runs and counts them; the browsers are the system's own.
import path from 'node:path';
import { defineConfig } from '@playwright/test';
import suite from '../playwright.config';
import type { Options } from './fixtures';

/** Long scenarios, among them the matrix of faults, which has a part of its own in Chromium. */
const full = Boolean(process.env.MEGAPHONE_ENGINES_FULL);

export default defineConfig<object, Options>({
  testDir: __dirname,
  outputDir: path.resolve(__dirname, '../../target/engines/results'),
  reporter: [['list'], ['./reporter.ts']],
  workers: 3,
  retries: suite.retries,
  forbidOnly: suite.forbidOnly,
  timeout: 120_000,
  // Whatever hangs, the run ends.
  globalTimeout: full ? undefined : 20 * 60_000,
  expect: { timeout: 15_000 },
  projects: [
    // One browser an engine: a tab in front is the only one that works as if it were watched.
    { name: 'firefox', workers: 1, use: { engineName: 'firefox' }, grepInvert: full ? undefined : /@long/ },
    { name: 'webkit', workers: 1, use: { engineName: 'webkit' }, grepInvert: full ? undefined : [/@long/, /@firefox/] },
    {
      name: 'chromium',
      workers: 1,
      use: { engineName: 'chromium' },
      testIgnore: 'matrix.spec.ts',
      grepInvert: full ? undefined : [/@long/, /@firefox/, /@faults/],
    },
  ],
});
