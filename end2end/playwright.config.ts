// The end-to-end suite: the release build in a real browser, against real programs. `cargo xtask test --only end-to-end`
// builds and runs it; by hand: cd end2end && MEGAPHONE_CHROMIUM=/usr/bin/chromium npx playwright test
import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { chromiumFlags } from './fixtures/chromium';
import { fontConfiguration } from './fixtures/fonts';

const output = path.resolve(__dirname, '../target/end2end');

export default defineConfig({
  testDir: 'tests',
  // What is stored of the states is stored on purpose only, by `cargo xtask states`.
  snapshotPathTemplate: '{testDir}/../states/{arg}{ext}',
  updateSnapshots: 'none',
  outputDir: path.join(output, 'results'),
  reporter: [['list'], ['json', { outputFile: path.join(output, 'report.json') }]],
  // Each test has its own programs on ports of its own, so that any two may run at the same time.
  fullyParallel: true,
  workers: 2,
  // Some hundred tests on real sockets and real time: one of them may meet a machine that is busy for seconds. It is tried
  // once more, and listed as flaky: that is something to look into, and no reason to throw everything else away.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    // A trace takes two fifths of a test's time, so only what failed once is traced. By hand: --trace retain-on-failure
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: {
      // Everything else is as it was, or the browser would miss PATH and HOME.
      env: { ...process.env, FONTCONFIG_FILE: fontConfiguration(output) } as Record<string, string>,
      // Without one, Playwright takes the browser that `npx playwright install chromium` brings.
      executablePath: process.env.MEGAPHONE_CHROMIUM || undefined,
      args: chromiumFlags,
    },
  },
});
