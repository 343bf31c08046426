// The matrix of faults: `cargo xtask faults`, or by hand as the suite itself with `--config faults/playwright.config.ts`.
import path from 'node:path';
import { defineConfig } from '@playwright/test';
import suite from '../playwright.config';

const output = path.resolve(__dirname, '../../target/faults');

export default defineConfig(suite, {
  testDir: __dirname,
  testMatch: ['matrix.spec.ts', 'pairs.spec.ts'],
  globalSetup: './setup.ts',
  outputDir: path.join(output, 'results'),
  reporter: [
    ['list'],
    [
      './reporter.ts',
      {
        file: path.join(output, 'matrix.md'),
        kept: path.join(output, 'matrix.json'),
        readme: path.resolve(__dirname, '../../README.md'),
      },
    ],
  ],
  // Mostly they wait, for a time limit or for the next try.
  workers: 3,
  timeout: 180_000,
  use: { ...suite.use, trace: 'off' },
});
